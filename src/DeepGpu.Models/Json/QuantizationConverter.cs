using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace DeepGpu.Models.Json;

/// <summary>A quantisation as Keras writes its config: a class of keras.quantizers around quantizers of weights and inputs.</summary>
internal sealed class QuantizationConverter : JsonConverter<Quantization?>
{
    private const string Module = "keras.quantizers";

    public override bool HandleNull => true;

    public override Quantization? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        => JsonNode.Parse(ref reader) is JsonObject node ? Read(node) : null;

    public override void Write(Utf8JsonWriter writer, Quantization? value, JsonSerializerOptions options)
    {
        if (value is null) writer.WriteNullValue();
        else KerasType.Object($"{Name(value)}QuantizationConfig", Module, Config(value)).WriteTo(writer);
    }

    /// <summary>The dtype policy of a quantised layer, as Keras writes it.</summary>
    public static JsonObject Policy(Quantization quantization, string source)
    {
        var config = new JsonObject { ["mode"] = quantization.Mode, ["source_name"] = source };
        if (quantization is Float8Quantization f) config["amax_history_length"] = f.AmaxHistoryLength;
        return KerasType.Object(quantization.PolicyClass, "keras.dtype_policies", config);
    }

    /// <summary>Whether a dtype policy says that a layer is quantised.</summary>
    public static bool IsQuantized(JsonNode? policy) => Parts(policy).Mode is not null;

    /// <summary>The policy beneath a quantised one, and what it says of the quantisation beside a config that may be missing.</summary>
    /// <exception cref="JsonException">The mode is one this library does not know.</exception>
    public static (JsonNode Source, JsonNode? Quantization) Split(JsonNode policy, JsonNode? config)
    {
        var (mode, source, length) = Parts(policy);
        if (config is JsonObject known && mode != "float8") return (source, known.DeepClone());
        var parts = mode!.Split('/');
        Quantization meant = parts[0] switch
        {
            "int8" => Quantization.Int8,
            "int4" => new Int4Quantization
            {
                BlockSize = parts.Length == 2 && int.TryParse(parts[1], out var size) && size > 0 ? size
                : null
            },
            "float8" => new Float8Quantization { AmaxHistoryLength = length },
            _ => throw new JsonException($"'{StrictJson.Printable(mode)}' is not a way of quantising this library knows."),
        };
        return (source, KerasType.Object($"{Name(meant)}QuantizationConfig", Module, WithLength(meant)));
    }

    private static JsonObject WithLength(Quantization quantization)
    {
        var config = Config(quantization);
        if (quantization is Float8Quantization f) config["amax_history_length"] = f.AmaxHistoryLength;
        return config;
    }

    /// <summary>Keras writes an object around mode and source, or "mode_from_source".</summary>
    private static (string? Mode, string Source, int History) Parts(JsonNode? policy)
    {
        if (policy is JsonValue value && value.TryGetValue<string>(out var text)
            && text.Split("_from_") is [var named, var from]) return (named, from, 1024);
        var config = (policy as JsonObject)?["config"] as JsonObject;
        return ((string?)config?["mode"], (string?)config?["source_name"] ?? "float32", (int?)config?["amax_history_length"] ?? 1024);
    }

    private static string Name(Quantization quantization) => quantization switch
    {
        Int8Quantization => "Int8",
        Int4Quantization => "Int4",
        _ => "Float8",
    };

    private static JsonObject Config(Quantization quantization) => quantization switch
    {
        Int8Quantization q
            => new() { ["weight_quantizer"] = Write(q.WeightQuantizer), ["activation_quantizer"] = Write(q.ActivationQuantizer) },
        Int4Quantization q => new()
        {
            ["weight_quantizer"] = null,
            ["activation_quantizer"] = Write(q.ActivationQuantizer),
            ["block_size"] = q.BlockSize,
        },
        _ => [],
    };

    private static JsonObject? Write(AbsMaxQuantizer? quantizer)
        => quantizer is null ? null : KerasType.Object("AbsMaxQuantizer", Module, new()
        {
            ["value_range"] = new JsonArray(quantizer.Low, quantizer.High),
            ["epsilon"] = quantizer.Epsilon,
            ["output_dtype"] = "int8",
        });

    private static Quantization Read(JsonObject node)
    {
        var (className, config) = KerasType.Parts(node);
        return className switch
        {
            "Int8QuantizationConfig" => Int8(config),
            "Int4QuantizationConfig" => Int4(config),
            "Float8QuantizationConfig" => new Float8Quantization { AmaxHistoryLength = (int?)config["amax_history_length"] ?? 1024 },
            _ => throw LayerJson.UnknownClass(className),
        };
    }

    private static Int8Quantization Int8(JsonObject config) => new()
    {
        WeightQuantizer = Quantizer(config["weight_quantizer"]),
        ActivationQuantizer = Quantizer(config["activation_quantizer"]),
    };

    private static Int4Quantization Int4(JsonObject config)
    {
        if (Quantizer(config["weight_quantizer"]) is { } quantizer && quantizer is not { Low: -8, High: 7 })
            throw new JsonException("A quantizer of 4-bit weights needs the range -8 to 7.");
        var size = (int?)config["block_size"];
        return new() { BlockSize = size == -1 ? null : size, ActivationQuantizer = Quantizer(config["activation_quantizer"]) };
    }

    /// <summary>The axis decides nothing: a layer sums over its own.</summary>
    private static AbsMaxQuantizer? Quantizer(JsonNode? node)
    {
        if (node is null) return null;
        var (className, config) = KerasType.Parts(node);
        if (className != "AbsMaxQuantizer") throw LayerJson.UnknownClass(className);
        if ((string?)config["output_dtype"] is { } type
            && type != "int8") throw LayerJson.UnknownOption(className, "output_dtype", config["output_dtype"]!);
        var range = config["value_range"] is JsonObject tuple ? tuple["config"]?["value"] : config["value_range"];
        var made = new AbsMaxQuantizer { Epsilon = (double?)config["epsilon"] ?? 1e-7 };
        return range is JsonArray { Count: 2 } bounds ? made with { Low = Bound(bounds[0]), High = Bound(bounds[1]) } : made;
    }

    private static int Bound(JsonNode? bound) => (int?)bound ?? throw new JsonException("A quantizer's range needs two whole numbers.");
}

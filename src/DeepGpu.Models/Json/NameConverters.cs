using System.Text.Json;
using System.Text.Json.Serialization;

namespace DeepGpu.Models.Json;

/// <summary>An enumeration by Keras's snake-case name.</summary>
/// <typeparam name="T">The enumeration.</typeparam>
internal sealed class EnumConverter<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false)
    where T : struct, Enum;

/// <summary>An activation by Keras's name or one of its aliases; null is linear.</summary>
internal sealed class ActivationConverter : JsonConverter<Activation>
{
    private static readonly Dictionary<string, Activation> ByName = Enum.GetValues<Activation>()
        .ToDictionary(a => JsonNamingPolicy.SnakeCaseLower.ConvertName(a.ToString()), StringComparer.Ordinal);

    /// <summary>A function that KerasHub registers with Keras: files hold it as an object, by its full name.</summary>
    private const string OfHub = "keras_hub>gelu_approximate";

    public override bool HandleNull => true;

    public override Activation Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.Null) return Activation.Linear;
        using var document = JsonDocument.ParseValue(ref reader);
        return Parse(Name(document.RootElement));
    }

    public override void Write(Utf8JsonWriter writer, Activation value, JsonSerializerOptions options)
    {
        if (value == Activation.GeluApproximate) WriteOfHub(writer);
        else writer.WriteStringValue(ByName.First(pair => pair.Value == value).Key);
    }

    /// <summary>The activation of a name.</summary>
    /// <exception cref="ModelFormatException">There is none.</exception>
    public static Activation Parse(string name) => name switch
    {
        "swish" => Activation.Silu,
        "hard_swish" => Activation.HardSilu,
        "softmax_v2" => Activation.Softmax,
        "relu_v2" => Activation.Relu,
        OfHub or "keras_nlp>gelu_approximate" => Activation.GeluApproximate,
        _ => ByName.TryGetValue(name, out var activation) ? activation : throw new ModelFormatException(new(
            "unknown_activation",
            "A model description may name only activations this library knows,",
            $"but names '{StrictJson.Printable(name)}'.",
            $"Use one of {string.Join(", ", ByName.Keys)}.")),
    };

    private static void WriteOfHub(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("module", "keras_hub.src.utils.keras_utils");
        writer.WriteString("class_name", "function");
        writer.WriteString("config", OfHub);
        writer.WriteString("registered_name", OfHub);
        writer.WriteEndObject();
    }

    /// <summary>Keras writes a name, or an object around a function's name.</summary>
    private static string Name(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => element.GetString()!,
        JsonValueKind.Object when element.TryGetProperty("config", out var config) && config.ValueKind == JsonValueKind.String =>
            config.GetString()!,
        _ => throw new JsonException("An activation's name is needed; a layer with weights or options of its own stands after this one, "
            + "not inside of it."),
    };
}

/// <summary>A precision policy as Keras writes it: an object around its name, or the name.</summary>
internal sealed class PrecisionPolicyConverter : JsonConverter<PrecisionPolicy?>
{
    public override bool HandleNull => true;

    public override PrecisionPolicy? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.Null) return null;
        using var document = JsonDocument.ParseValue(ref reader);
        var root = document.RootElement;
        return (root.ValueKind == JsonValueKind.String ? root : root.GetProperty("config").GetProperty("name")).GetString() switch
        {
            "float32" => null,
            "mixed_float16" => PrecisionPolicy.MixedFloat16,
            "mixed_bfloat16" => PrecisionPolicy.MixedBFloat16,
            "float16" => PrecisionPolicy.Float16,
            "bfloat16" => PrecisionPolicy.BFloat16,
            "float64" => PrecisionPolicy.Float64,
            var other =>
                throw new JsonException($"'{StrictJson.Printable(other ?? "null")}' is not a precision policy this library knows."),
        };
    }

    public override void Write(Utf8JsonWriter writer, PrecisionPolicy? value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteString("module", "keras");
        writer.WriteString("class_name", "DTypePolicy");
        writer.WriteStartObject("config");
        writer.WriteString("name", Name(value ?? PrecisionPolicy.Float32));
        writer.WriteEndObject();
        writer.WriteNull("registered_name");
        writer.WriteEndObject();
    }

    private static string Name(PrecisionPolicy policy) => policy switch
    {
        PrecisionPolicy.MixedFloat16 => "mixed_float16",
        PrecisionPolicy.MixedBFloat16 => "mixed_bfloat16",
        _ => policy.ToString().ToLowerInvariant(),
    };
}

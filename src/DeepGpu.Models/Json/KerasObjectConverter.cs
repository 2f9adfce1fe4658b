using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace DeepGpu.Models;

/// <summary>An object as Keras writes it, a class name and a config, or a short name alone. The classes are a literal list.</summary>
/// <typeparam name="T">What the objects have in common.</typeparam>
internal abstract class KerasObjectConverter<T>(string module) : JsonConverter<T>
    where T : class
{
    /// <summary>Keras's class name of a value.</summary>
    protected abstract string ClassName(T value);

    /// <summary>How a class is read and written; null for a class this library does not know.</summary>
    protected abstract JsonTypeInfo? TypeOf(string className);

    public override T? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        var root = document.RootElement;
        if (root.ValueKind == JsonValueKind.String) return Parse(Pascal(root.GetString()!), "{}"u8);
        var name = root.GetProperty("class_name").GetString() ?? "";
        var config = root.TryGetProperty("config", out var c) ? System.Text.Encoding.UTF8.GetBytes(c.GetRawText()) : "{}"u8;
        return Parse(Pascal(name), config);
    }

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteString("module", module);
        writer.WriteString("class_name", ClassName(value));
        writer.WritePropertyName("config");
        JsonSerializer.Serialize(writer, value, TypeOf(ClassName(value))!);
        writer.WriteNull("registered_name");
        writer.WriteEndObject();
    }

    /// <summary>Whether a value is an object of a class on the list; a config of another form is left to the reader.</summary>
    protected bool KnowsClass(JsonNode value)
    {
        if (value is JsonValue text && text.TryGetValue<string>(out var name)) return TypeOf(Pascal(name)) is not null;
        return value is not JsonObject map || !map.ContainsKey("class_name")
            || (map["class_name"] is JsonValue className && className.TryGetValue(out name) && TypeOf(Pascal(name)) is not null);
    }

    private T? Parse(string className, ReadOnlySpan<byte> config)
    {
        var type = TypeOf(className) ?? throw LayerJson.UnknownClass(className);
        foreach (var (key, value) in JsonNode.Parse(config) as JsonObject ?? throw LayerJson.Missing("config"))
        {
            if (type.Properties.All(property => property.Name != key) && !LayerJson.IsOff(value) && !IsNeutral(key, value))
                throw LayerJson.UnknownOption(className, key, value!);
        }

        return (T?)JsonSerializer.Deserialize(config, type);
    }

    /// <summary>tf.keras wrote the format of what an initializer yields, which is that of the weight.</summary>
    private static bool IsNeutral(string key, JsonNode? value)
        => key == "dtype" && value is JsonValue text && text.TryGetValue<string>(out var name) && name is "float16" or "bfloat16"
            or "float32" or "float64"
            || key == "name";

    /// <summary>"he_normal" as "HeNormal"; a class name stays.</summary>
    private static string Pascal(string name)
        => string.Concat(name.Split('_', StringSplitOptions.RemoveEmptyEntries).Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
}

/// <summary>Initializers.</summary>
internal sealed class InitializerConverter() : KerasObjectConverter<Initializer>("keras.initializers")
{
    protected override string ClassName(Initializer value) => value is IdentityInitializer ? "Identity" : value.GetType().Name;

    protected override JsonTypeInfo? TypeOf(string className) => className switch
    {
        "Zeros" or "Zero" => ModelJsonContext.Default.Zeros,
        "Ones" or "One" => ModelJsonContext.Default.Ones,
        "Constant" => ModelJsonContext.Default.Constant,
        "Identity" or "IdentityInitializer" => ModelJsonContext.Default.IdentityInitializer,
        "Orthogonal" or "OrthogonalInitializer" => ModelJsonContext.Default.Orthogonal,
        "RandomNormal" or "Normal" => ModelJsonContext.Default.RandomNormal,
        "RandomUniform" or "Uniform" => ModelJsonContext.Default.RandomUniform,
        "TruncatedNormal" => ModelJsonContext.Default.TruncatedNormal,
        "GlorotUniform" => ModelJsonContext.Default.GlorotUniform,
        "GlorotNormal" => ModelJsonContext.Default.GlorotNormal,
        "HeUniform" => ModelJsonContext.Default.HeUniform,
        "HeNormal" => ModelJsonContext.Default.HeNormal,
        "LecunUniform" => ModelJsonContext.Default.LecunUniform,
        "LecunNormal" => ModelJsonContext.Default.LecunNormal,
        "VarianceScaling" => ModelJsonContext.Default.VarianceScaling,
        _ => null,
    };
}

/// <summary>Regularizers.</summary>
internal sealed class RegularizerConverter() : KerasObjectConverter<Regularizer>("keras.regularizers")
{
    private static readonly RegularizerConverter Shared = new();

    /// <summary>Whether a description's penalty is of a class on the list.</summary>
    public static bool Knows(JsonNode value) => Shared.KnowsClass(value);

    protected override string ClassName(Regularizer value) => value.GetType().Name;

    protected override JsonTypeInfo? TypeOf(string className) => className switch
    {
        "L1" => ModelJsonContext.Default.L1,
        "L2" => ModelJsonContext.Default.L2,
        "L1L2" => ModelJsonContext.Default.L1L2,
        "OrthogonalRegularizer" => ModelJsonContext.Default.OrthogonalRegularizer,
        _ => null,
    };
}

/// <summary>Constraints.</summary>
internal sealed class ConstraintConverter() : KerasObjectConverter<Constraint>("keras.constraints")
{
    private static readonly ConstraintConverter Shared = new();

    /// <summary>Whether a description's constraint is of a class on the list.</summary>
    public static bool Knows(JsonNode value) => Shared.KnowsClass(value);

    protected override string ClassName(Constraint value) => value.GetType().Name;

    protected override JsonTypeInfo? TypeOf(string className) => className switch
    {
        "MaxNorm" => ModelJsonContext.Default.MaxNorm,
        "MinMaxNorm" => ModelJsonContext.Default.MinMaxNorm,
        "NonNeg" => ModelJsonContext.Default.NonNeg,
        "UnitNorm" => ModelJsonContext.Default.UnitNorm,
        _ => null,
    };
}

using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace DeepGpu.Models;

/// <summary>An object as Keras writes it, a class name and a config, or a short name alone.</summary>
/// <typeparam name="T">What the objects have in common.</typeparam>
/// <param name="types">The classes.</param>
/// <param name="module">Keras's module of them.</param>
internal abstract class KerasObjectConverter<T>(KerasTypes types, string module) : JsonConverter<T>
    where T : class
{
    public override T? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        var root = document.RootElement;
        if (root.ValueKind == JsonValueKind.String) return Parse(Pascal(root.GetString()!), "{}"u8);
        var name = root.GetProperty("class_name").GetString() ?? "";
        var config = root.TryGetProperty("config", out var c) ? Encoding.UTF8.GetBytes(c.GetRawText()) : "{}"u8;
        return Parse(Pascal(name), config);
    }

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options)
    {
        var type = types.Of(value) ?? throw LayerJson.UnknownClass(value.GetType().Name);
        writer.WriteStartObject();
        writer.WriteString("module", module);
        writer.WriteString("class_name", type.ClassName);
        writer.WritePropertyName("config");
        JsonSerializer.Serialize(writer, value, type.Json);
        writer.WriteNull("registered_name");
        writer.WriteEndObject();
    }

    private T? Parse(string className, ReadOnlySpan<byte> config)
    {
        var type = types.Find(className) ?? throw LayerJson.UnknownClass(className);
        foreach (var (key, value) in JsonNode.Parse(config) as JsonObject ?? throw LayerJson.Missing("config"))
        {
            if (!type.Options.Contains(key) && !LayerJson.IsOff(value)) throw LayerJson.UnknownOption(className, key, value!);
        }

        return (T?)JsonSerializer.Deserialize(config, type.Json);
    }

    /// <summary>"he_normal" as "HeNormal"; a class name stays.</summary>
    private static string Pascal(string name)
        => string.Concat(name.Split('_', StringSplitOptions.RemoveEmptyEntries).Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
}

/// <summary>Initializers.</summary>
internal sealed class InitializerConverter() : KerasObjectConverter<Initializer>(WeightOptionTypes.Initializers, "keras.initializers");

/// <summary>Regularizers.</summary>
internal sealed class RegularizerConverter() : KerasObjectConverter<Regularizer>(WeightOptionTypes.Regularizers, "keras.regularizers");

/// <summary>Constraints.</summary>
internal sealed class ConstraintConverter() : KerasObjectConverter<Constraint>(WeightOptionTypes.Constraints, "keras.constraints");

using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace DeepGpu.Models.Json;

/// <summary>An object as Keras writes it, a class name and a config, or a short name alone.</summary>
/// <typeparam name="T">What the objects have in common.</typeparam>
/// <param name="types">The classes of this library.</param>
/// <param name="module">Keras's module of them.</param>
/// <param name="kind">What they are.</param>
/// <param name="extensions">The classes beside the library's; null for none.</param>
internal abstract class KerasObjectConverter<T>(KerasTypes types, string module, ExtensionKind kind, Extensions? extensions)
    : JsonConverter<T>, IExtendedConverter
    where T : class
{
    private readonly Extensions _extensions = extensions ?? Extensions.None;

    public abstract JsonConverter With(Extensions extensions);

    public override T? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var node = JsonNode.Parse(ref reader);
        if (node is JsonValue name) return Parse(name.GetValue<string>(), []);
        if (node is not JsonObject map || map["class_name"] is not { } className) throw new JsonException("A class_name is needed.");
        var config = map.TryGetPropertyValue("config", out var given) ? given as JsonObject ?? throw LayerJson.Missing("config") : [];
        if (_extensions.Named(kind, node) is { } own) return (T)_extensions.Type(own).Read(config);
        return Parse(className.GetValue<string>(), config);
    }

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options)
    {
        var type = types.Of(value);
        var written = _extensions.TypeOf(kind, value)?.Write(value)
            ?? (type is null ? null : KerasType.Object(type.ClassName, module,
                JsonSerializer.SerializeToNode(value, type.Json)!.AsObject()));
        (written ?? throw LayerJson.UnknownClass(value.GetType().Name)).WriteTo(writer);
    }

    /// <summary>Whether a value is an object of a class that is known; a config of another form is left to the reader.</summary>
    public bool Knows(JsonNode value)
    {
        if (value is JsonValue text && text.TryGetValue<string>(out var name)) return KnowsName(name);
        return value is not JsonObject map || !map.ContainsKey("class_name") || _extensions.Named(kind, map) is not null
            || (map["class_name"] is JsonValue className && className.TryGetValue(out name) && KnowsName(name));
    }

    private bool KnowsName(string name) => _extensions.Type(kind, name) is not null || types.Find(Pascal(name)) is not null;

    private T? Parse(string name, JsonObject config)
    {
        if (_extensions.Type(kind, name) is { } own) return (T)own.Read(config);
        var className = Pascal(name);
        var type = types.Find(className) ?? throw LayerJson.UnknownClass(className);
        foreach (var (key, value) in config)
        {
            if (!type.Options.Contains(key) && !LayerJson.IsOff(value) && !IsNeutral(key, value))
                throw LayerJson.UnknownOption(className, key, value!);
        }

        return (T?)config.Deserialize(type.Json);
    }

    /// <summary>tf.keras wrote the format of what an initializer yields, which is that of the weight.</summary>
    private static bool IsNeutral(string key, JsonNode? value)
        => key == "dtype" && value is JsonValue text && text.TryGetValue<string>(out var name) && name is "float16" or "bfloat16"
            or "float32" or "float64"
            || key == "name";

    /// <summary>"he_normal" as "HeNormal"; a class name stays.</summary>
    public static string Pascal(string name)
        => string.Concat(name.Split('_', StringSplitOptions.RemoveEmptyEntries).Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
}

/// <summary>Initializers.</summary>
internal sealed class InitializerConverter(Extensions? extensions)
    : KerasObjectConverter<Initializer>(WeightOptionTypes.Initializers, "keras.initializers", ExtensionKind.Initializer, extensions)
{
    public InitializerConverter()
        : this(null)
    {
    }

    public override JsonConverter With(Extensions extensions) => new InitializerConverter(extensions);
}

/// <summary>Regularizers.</summary>
internal sealed class RegularizerConverter(Extensions? extensions)
    : KerasObjectConverter<Regularizer>(WeightOptionTypes.Regularizers, "keras.regularizers", ExtensionKind.Regularizer, extensions)
{
    public RegularizerConverter()
        : this(null)
    {
    }

    public override JsonConverter With(Extensions extensions) => new RegularizerConverter(extensions);
}

/// <summary>Constraints.</summary>
internal sealed class ConstraintConverter(Extensions? extensions)
    : KerasObjectConverter<Constraint>(WeightOptionTypes.Constraints, "keras.constraints", ExtensionKind.Constraint, extensions)
{
    public ConstraintConverter()
        : this(null)
    {
    }

    public override JsonConverter With(Extensions extensions) => new ConstraintConverter(extensions);
}

using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace DeepGpu.Models;

/// <summary>An object as Keras writes it, a class name and a config, or a short name alone. The classes are a literal list,
/// and those of the extensions.</summary>
/// <typeparam name="T">What the objects have in common.</typeparam>
/// <param name="module">Where Keras has its classes.</param>
/// <param name="kind">What they are.</param>
/// <param name="extensions">The classes beside the library's; null for none.</param>
internal abstract class KerasObjectConverter<T>(string module, ExtensionKind kind, Extensions? extensions) : JsonConverter<T>, IExtendedConverter
    where T : class
{
    private readonly Extensions _extensions = extensions ?? Extensions.None;

    public abstract JsonConverter With(Extensions extensions);

    /// <summary>Whether the library has a class of a name.</summary>
    public bool Knows(string className) => TypeOf(Pascal(className)) is not null;

    /// <summary>Keras's class name of a value.</summary>
    protected abstract string ClassName(T value);

    /// <summary>How a class is read and written; null for a class this library does not know.</summary>
    protected abstract JsonTypeInfo? TypeOf(string className);

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
        if (_extensions.TypeOf(kind, value) is { } own) own.Write(value).WriteTo(writer);
        else if (TypeOf(ClassName(value)) is { } type && type.Type == value.GetType())
            KerasType.Object(ClassName(value), module, JsonSerializer.SerializeToNode(value, type)!.AsObject()).WriteTo(writer);
        else throw LayerJson.UnknownClass(ClassName(value));
    }

    private T? Parse(string name, JsonObject config)
    {
        if (_extensions.Type(kind, name) is { } own) return (T)own.Read(config);
        var className = Pascal(name);
        var type = TypeOf(className) ?? throw LayerJson.UnknownClass(className);
        foreach (var (key, value) in config)
        {
            if (type.Properties.All(property => property.Name != key) && !LayerJson.IsOff(value))
                throw LayerJson.UnknownOption(className, key, value!);
        }

        return (T?)config.Deserialize(type);
    }

    /// <summary>"he_normal" as "HeNormal"; a class name stays.</summary>
    private static string Pascal(string name)
        => string.Concat(name.Split('_', StringSplitOptions.RemoveEmptyEntries).Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
}

/// <summary>Initializers.</summary>
internal sealed class InitializerConverter(Extensions? extensions)
    : KerasObjectConverter<Initializer>("keras.initializers", ExtensionKind.Initializer, extensions)
{
    public InitializerConverter()
        : this(null)
    {
    }

    public override JsonConverter With(Extensions extensions) => new InitializerConverter(extensions);

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
internal sealed class RegularizerConverter(Extensions? extensions)
    : KerasObjectConverter<Regularizer>("keras.regularizers", ExtensionKind.Regularizer, extensions)
{
    public RegularizerConverter()
        : this(null)
    {
    }

    public override JsonConverter With(Extensions extensions) => new RegularizerConverter(extensions);

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
internal sealed class ConstraintConverter(Extensions? extensions)
    : KerasObjectConverter<Constraint>("keras.constraints", ExtensionKind.Constraint, extensions)
{
    public ConstraintConverter()
        : this(null)
    {
    }

    public override JsonConverter With(Extensions extensions) => new ConstraintConverter(extensions);

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

using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace DeepGpu.Models.Json;

/// <summary>A class that a description or a config may name: how it is read and written, and what its options are when they are left out.
/// One kind of row for layers, optimizers, schedules, losses, metrics, initializers, regularizers and constraints.</summary>
/// <param name="className">Keras's name of it.</param>
/// <param name="type">The class.</param>
/// <param name="json">Makes the reader and writer of its options, when they are first needed.</param>
/// <param name="sample">Makes an object with every default, likewise.</param>
internal class KerasType(string className, Type type, Func<JsonTypeInfo> json, Func<object> sample)
{
    /// <summary>Keys that decide nothing here.</summary>
    private static readonly HashSet<string> Ignored = new(StringComparer.Ordinal) { "name", "jit_compile", "is_legacy_optimizer" };

    /// <summary>Keras's name of it.</summary>
    public string ClassName { get; } = className;

    /// <summary>The class.</summary>
    public Type Type { get; } = type;

    /// <summary>Further names that files give it.</summary>
    public string[] Aliases { get; init; } = [];

    /// <summary>The "name" Keras gives its objects.</summary>
    public string Name { get; init; } = className;

    /// <summary>Whether Keras has the class; others are this library's own.</summary>
    public bool IsKeras { get; init; } = true;

    /// <summary>The package a user registered it in; null for a class of this library.</summary>
    public string? Package { get; init; }

    /// <summary>Of a loss: Keras's class of metrics that is its mean; null for none.</summary>
    public string? MeanMetric { get; init; }

    /// <summary>Every name of it.</summary>
    public IEnumerable<string> Names => Aliases.Prepend(ClassName);

    /// <summary>The reader and writer of its options.</summary>
    public JsonTypeInfo Json => field ??= json();

    /// <summary>An object with every default.</summary>
    public object Sample => field ??= sample();

    /// <summary>The names of the options in a config.</summary>
    public IReadOnlySet<string> Options => field ??= Json.Properties.Select(property => property.Name).ToHashSet(StringComparer.Ordinal);

    /// <summary>The object around a value's options, as Keras 3 writes it.</summary>
    public JsonObject Write(object value, string module)
    {
        var options = JsonSerializer.SerializeToNode(value, Json)!.AsObject();
        var config = options.Select(option => KeyValuePair.Create(option.Key, option.Value?.DeepClone()));
        var registeredName = IsKeras ? null : $"DeepGpu>{ClassName}";
        return Object(ClassName, IsKeras ? module : "deepgpu", new([new("name", Name), .. config]), registeredName);
    }

    /// <summary>The object around the options of a registered class, as Keras 3 writes it.</summary>
    /// <exception cref="ModelFormatException">An option cannot be written.</exception>
    public JsonObject Write(object value)
        => Object(ClassName, Package!, ExtensionCheck.Written(ClassName, value, Json), $"{Package}>{ClassName}");

    /// <summary>The value a text holds, read strictly.</summary>
    /// <exception cref="ModelFormatException">The text is no JSON, or nested deeper.</exception>
    public static JsonNode? Parsed(string json, int maxDepth)
    {
        ArgumentNullException.ThrowIfNull(json);
        using var document = StrictJson.Parse(Encoding.UTF8.GetBytes(json), maxDepth);
        return JsonNode.Parse(document.RootElement.GetRawText());
    }

    /// <summary>An object as Keras 3 writes it.</summary>
    public static JsonObject Object(string className, string module, JsonObject config, string? registeredName = null)
        => new() { ["module"] = module, ["class_name"] = className, ["config"] = config, ["registered_name"] = registeredName };

    /// <summary>The class name and config of an object, if its class is one of Keras's or of this library: others may share a name with one
    /// of them.</summary>
    public static (string ClassName, JsonObject Config) Parts(JsonNode? node)
    {
        if (node is not JsonObject || node["class_name"] is not JsonValue name || !name.TryGetValue<string>(out var className))
        {
            throw LayerJson.Missing("class_name");
        }

        var module = node["module"] is JsonValue m && m.TryGetValue<string>(out var text) ? text : "keras";
        var isKnown = module.Split('.')[0] is "keras" or "tf_keras" or "keras_core" or "deepgpu";
        if (!isKnown) throw LayerJson.UnknownClass($"{module}.{className}");
        return (className, node["config"] as JsonObject ?? throw LayerJson.Missing("config"));
    }

    /// <summary>An object of the class; what the config leaves out has its default.</summary>
    /// <exception cref="ModelFormatException">An option is unknown, or has a value it may not have.</exception>
    public object Read(JsonObject config)
    {
        var options = Defaults();
        foreach (var (key, value) in config)
        {
            if (Options.Contains(key)) options[key] = value?.DeepClone();
            else if (value is not null && !Ignored.Contains(key)) throw UnknownOption(key, value);
        }

        return Checked(ClassName, () => options.Deserialize(Json)!);
    }

    /// <summary>A config with every default, what must be given left out.</summary>
    /// <remarks>The generated reader takes a missing option as null or 0, so that defaults have to be written in first.</remarks>
    public JsonObject Defaults()
    {
        var config = JsonSerializer.SerializeToNode(Sample, Json)!.AsObject();
        foreach (var property in Json.Properties.Where(MustBeGiven)) config.Remove(property.Name);
        return config;
    }

    /// <summary>What a reader makes, or its fault in the words of a file's.</summary>
    public static T Checked<T>(string className, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e)
            when (e is JsonException or InvalidOperationException or FormatException or OverflowException or ArgumentException
                or NotSupportedException)
        {
            var received = $"but: {StrictJson.Printable(e is IFaultSource source ? source.Fault.ToString() : e.Message)}";
            var rule = $"The options of {className} must have values it allows,";
            throw new ModelFormatException(new("bad_value", rule, received, "Correct the description."), innerException: e);
        }
    }

    private static bool MustBeGiven(JsonPropertyInfo property)
        => property.AssociatedParameter is { IsMemberInitializer: false, HasDefaultValue: false };

    private ModelFormatException UnknownOption(string key, JsonNode value) => new(new(
        "unknown_option",
        $"{ClassName} may have only options this library knows,",
        $"but has '{StrictJson.Printable(key)}': {StrictJson.Printable(value.ToJsonString())}.",
        "Leave the option out."));
}

/// <summary>The row of a class.</summary>
/// <typeparam name="T">The class.</typeparam>
/// <param name="className">Keras's name of it.</param>
/// <param name="json">Makes the reader and writer of its options, when they are first needed.</param>
/// <param name="sample">Makes an object with every default, likewise.</param>
internal sealed class KerasType<T>(string className, Func<JsonTypeInfo> json, Func<T> sample)
    : KerasType(className, typeof(T), json, sample)
    where T : class;

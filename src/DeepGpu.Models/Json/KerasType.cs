using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace DeepGpu.Models;

/// <summary>A class that a config may name: how it is read and written, and an object whose options have their defaults.</summary>
/// <param name="ClassName">Keras's name of it.</param>
/// <param name="Name">The "name" Keras gives objects of it.</param>
/// <param name="Json">The reader and writer of its options.</param>
/// <param name="Sample">An object with every default.</param>
internal sealed record KerasType(string ClassName, string Name, JsonTypeInfo Json, object Sample)
{
    /// <summary>Keys that decide nothing here.</summary>
    private static readonly HashSet<string> Ignored = new(StringComparer.Ordinal) { "name", "jit_compile", "is_legacy_optimizer" };

    /// <summary>Whether Keras has the class; others are this library's own.</summary>
    public bool IsKeras { get; init; } = true;

    /// <summary>The package a user registered it in; null for a class of this library.</summary>
    public string? Package { get; init; }

    /// <summary>The object around a value's options, as Keras 3 writes it.</summary>
    public JsonObject Write(object value, string module)
    {
        var options = JsonSerializer.SerializeToNode(value, Json)!.AsObject();
        return Object(ClassName, IsKeras ? module : "deepgpu",
            new([new("name", Name), .. options.Select(p => KeyValuePair.Create(p.Key, p.Value?.DeepClone()))]),
            IsKeras ? null : $"DeepGpu>{ClassName}");
    }

    /// <summary>The object around the options of a registered class, as Keras 3 writes it.</summary>
    /// <exception cref="ModelFormatException">An option cannot be written.</exception>
    public JsonObject Write(object value)
        => Object(ClassName, Package!, ExtensionCheck.Written(ClassName, value, Json), $"{Package}>{ClassName}");

    /// <summary>An object as Keras 3 writes it.</summary>
    public static JsonObject Object(string className, string module, JsonObject config, string? registeredName = null)
        => new() { ["module"] = module, ["class_name"] = className, ["config"] = config, ["registered_name"] = registeredName };

    /// <summary>The class name and config of an object, if its class is one of Keras's or of this library:
    /// others may share a name with one of them.</summary>
    public static (string ClassName, JsonObject Config) Parts(JsonNode? node)
    {
        if (node is not JsonObject || node["class_name"] is not JsonValue name || !name.TryGetValue<string>(out var className))
            throw LayerJson.Missing("class_name");
        var module = node["module"] is JsonValue m && m.TryGetValue<string>(out var text) ? text : "keras";
        if (module.Split('.')[0] is not ("keras" or "tf_keras" or "keras_core" or "deepgpu"))
            throw LayerJson.UnknownClass($"{module}.{className}");
        return (className, node["config"] as JsonObject ?? throw LayerJson.Missing("config"));
    }

    /// <summary>An object of the class; what the config leaves out has its default.</summary>
    /// <exception cref="ModelFormatException">An option is unknown, or has a value it may not have.</exception>
    public object Read(JsonObject config)
    {
        var options = Defaults();
        foreach (var (key, value) in config)
        {
            if (Json.Properties.Any(property => property.Name == key)) options[key] = value?.DeepClone();
            else if (value is not null && !Ignored.Contains(key)) throw UnknownOption(key, value);
        }

        return Checked(ClassName, () => options.Deserialize(Json)!);
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
            throw new ModelFormatException(new("bad_value", $"The options of {className} must have values it allows,", received,
                "Correct the description."), innerException: e);
        }
    }

    /// <summary>A config with every default, what must be given left out: the generated reader takes a missing
    /// option as null or 0.</summary>
    private JsonObject Defaults()
    {
        var config = JsonSerializer.SerializeToNode(Sample, Json)!.AsObject();
        foreach (var property in Json.Properties.Where(p =>
            p.AssociatedParameter is { IsMemberInitializer: false, HasDefaultValue: false }))
            config.Remove(property.Name);
        return config;
    }

    private ModelFormatException UnknownOption(string key, JsonNode value) => new(new(
        "unknown_option",
        $"{ClassName} may have only options this library knows,",
        $"but has '{StrictJson.Printable(key)}': {StrictJson.Printable(value.ToJsonString())}.",
        "Leave the option out."));
}

using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using DeepGpu.Models.Json;

namespace DeepGpu.Models;

/// <content>What readers and writers look up.</content>
public sealed partial class Extensions
{
    private readonly ConcurrentDictionary<JsonSerializerOptions, JsonSerializerOptions> _options = new();
    private readonly ConcurrentDictionary<string, KerasType?> _layers = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<Extension, KerasType> _types = new();
    private readonly ConcurrentDictionary<KerasType, KerasType> _bound = new();

    /// <summary>Whether there is none.</summary>
    internal bool IsEmpty => _rows.IsEmpty;

    /// <summary>The registered class of an object; null for one of this library or one nobody registered.</summary>
    internal Extension? Of(ExtensionKind kind, object value)
        => _rows.FirstOrDefault(row => row.Kind == kind && row.Type == value.GetType());

    /// <summary>The registered class that a name in a file means, "Scale" or "Custom>Scale"; null for none.</summary>
    internal Extension? Named(ExtensionKind kind, string name)
    {
        var parts = name.Split('>');
        return parts.Length > 2 ? null : _rows.FirstOrDefault(row => row.Answers(kind, parts[^1], parts.Length == 2 ? parts[0] : null));
    }

    /// <summary>The registered class that an object in a file names; null for none.</summary>
    internal Extension? Named(ExtensionKind kind, JsonNode? node) => IsEmpty ? null : Named(kind, ClassText.FullName(node));

    /// <summary>How a class of layers is read and written; null for a class that is neither this library's nor registered.</summary>
    internal KerasType? Layer(string className) => IsEmpty ? LayerTypes.Find(className) : _layers.GetOrAdd(className, MakeLayer);

    /// <summary>How a registered class is read and written.</summary>
    internal KerasType Type(Extension row) => _types.GetOrAdd(row, Make);

    /// <summary>How a registered class is read and written; null for a name nobody registered.</summary>
    internal KerasType? Type(ExtensionKind kind, string name) => Named(kind, name) is { } row ? Type(row) : null;

    /// <summary>How the registered class of an object is read and written; null for one of this library or one nobody registered.</summary>
    internal KerasType? TypeOf(ExtensionKind kind, object value) => Of(kind, value) is { } row ? Type(row) : null;

    /// <summary>A class of this library whose options may be of registered classes.</summary>
    internal KerasType Bound(KerasType type) => IsEmpty ? type : _bound.GetOrAdd(type, MakeBound);

    private KerasType? MakeLayer(string className)
    {
        if (Named(ExtensionKind.Layer, className) is { } row) return Type(row);
        return LayerTypes.Find(className) is { } type ? Bound(type) : null;
    }

    private KerasType MakeBound(KerasType type)
        => new(type.ClassName, type.Type, () => OptionsLike(type.Json.Options).GetTypeInfo(type.Type), () => type.Sample)
        {
            Name = type.Name,
            IsKeras = type.IsKeras,
        };

    private KerasType Make(Extension row) => new(row.ClassName, row.Type, () => Json(row), () => row.Defaults) { Package = row.Package };

    private JsonTypeInfo Json(Extension row)
        => ExtensionCheck.Guarded(row.ClassName, () => OptionsLike(row.Base).GetTypeInfo(row.Type));

    private JsonSerializerOptions OptionsLike(JsonSerializerOptions options) => _options.GetOrAdd(options, MakeOptions);

    /// <summary>The library's names and converters, the converters that know these extensions, and then what the user's contexts
    /// have.</summary>
    private JsonSerializerOptions MakeOptions(JsonSerializerOptions options)
    {
        var made = new JsonSerializerOptions(options);
        for (var i = 0; i < made.Converters.Count; i++)
        {
            if (made.Converters[i] is IExtendedConverter converter) made.Converters[i] = converter.With(this);
        }

        foreach (var own in _rows.SelectMany(row => row.Json.Options.Converters).Distinct()) made.Converters.Add(own);
        made.TypeInfoResolver = JsonTypeInfoResolver.Combine([options.TypeInfoResolver,
            .. _rows.Select(row => row.Json.OriginatingResolver).Distinct()]);
        made.MakeReadOnly();
        return made;
    }
}

/// <summary>The name of a class in the object around its config.</summary>
internal static class ClassText
{
    /// <summary>The class with its package, "Custom>Scale", where the object says one; empty where it names no class.</summary>
    /// <remarks>Keras 2 writes the package into the class name, Keras 3 beside it.</remarks>
    public static string FullName(JsonNode? node)
    {
        if (node is not JsonObject || Text(node["class_name"]) is not { } name) return "";
        return Text(node["registered_name"]) is { } full && full.EndsWith($">{name}", StringComparison.Ordinal) ? full : name;
    }

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}

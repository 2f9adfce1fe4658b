using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace DeepGpu.Models.Json;

/// <summary>Checks that what is of a user's class comes back from a file as it was, before anything is trained.</summary>
internal static class ExtensionCheck
{
    /// <summary>Checks every layer of a model, those of models inside it too.</summary>
    /// <exception cref="ModelFormatException">One cannot be written, or would come back changed.</exception>
    public static void Layers(ModelSpec spec, Extensions extensions)
    {
        if (extensions.IsEmpty) return;
        foreach (var node in spec.Layers)
        {
            if (node.Layer is NestedModel nested) Layers(nested.Model, extensions);
            else Check(node.Layer with { Name = node.Name }, extensions);
        }
    }

    /// <summary>Checks an optimizer, its schedule too.</summary>
    /// <exception cref="ModelFormatException">It cannot be written, or would come back changed.</exception>
    public static void Optimizer(Optimizer optimizer, Extensions extensions)
    {
        if (extensions.IsEmpty) return;
        var written = OptimizerJson.Write(optimizer, extensions);
        var read = OptimizerJson.Read(written.DeepClone(), extensions);
        if (read != optimizer || !JsonNode.DeepEquals(written, OptimizerJson.Write(read, extensions)))
            throw Changed(optimizer.GetType().Name, "the optimizer");
    }

    /// <summary>The options of an object.</summary>
    /// <param name="className">Its name in files.</param>
    /// <param name="value">The object.</param>
    /// <param name="json">The writer.</param>
    /// <exception cref="ModelFormatException">An option cannot be written.</exception>
    public static JsonObject Written(string className, object value, JsonTypeInfo json)
        => Guarded(className, () => JsonSerializer.SerializeToNode(value, json)!.AsObject());

    /// <summary>What a user's context makes, or its fault in our words.</summary>
    /// <exception cref="ModelFormatException">The context cannot make it.</exception>
    public static T Guarded<T>(string className, Func<T> make)
    {
        try
        {
            return make();
        }
        catch (Exception e) when (e is NotSupportedException or JsonException or InvalidOperationException or ArgumentException)
        {
            throw NotWritten(className, e);
        }
    }

    private static void Check(Layer layer, Extensions extensions)
    {
        var written = LayerJson.Write(layer, layer.Name, extensions);
        var read = LayerJson.Read(written.DeepClone(), extensions);
        var isSame = JsonNode.DeepEquals(written, LayerJson.Write(read, layer.Name, extensions))
            && (extensions.Of(ExtensionKind.Layer, layer) is null || Printed(layer) == Printed(read));
        if (!isSame) throw Changed(layer.GetType().Name, $"'{layer.Name}'");
    }

    /// <summary>Every option as text: those that are not written show too. A format that is the default's is written as none.</summary>
    private static string Printed(Layer layer) => (layer with { Policy = null }).ToString();

    internal static ModelFormatException Changed(string type, string which) => new(new(
        "extension_json",
        "What is of your own class must come back from a file as it was,",
        $"but {type} {which} would not: an option is lost or changed.",
        "Give each option a public property with an init accessor, without JsonIgnore."));

    private static ModelFormatException NotWritten(string className, Exception cause) => new(
        new(
            "extension_json",
            "Files must be able to hold every option of a class,",
            $"but {className} cannot be written: {cause.Message}",
            "Add the types of your options to your JsonSerializerContext; numbers must be finite."),
        innerException: cause);
}

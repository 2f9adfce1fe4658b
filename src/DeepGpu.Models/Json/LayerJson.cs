using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace DeepGpu.Models;

/// <summary>Writes and reads one layer as Keras does: a class name and a config whose keys are the options' names.</summary>
/// <remarks>The classes are a literal list: nothing in a file can name a .NET type.</remarks>
internal static class LayerJson
{
    public static JsonNode Write(Layer layer, string name)
    {
        var className = layer.GetType().Name;
        var config = JsonSerializer.SerializeToNode(layer with { Name = name }, TypeOf(className))!;
        return new JsonObject { ["module"] = "keras.layers", ["class_name"] = className, ["config"] = config, ["registered_name"] = null };
    }

    public static Layer Read(JsonNode? node)
    {
        var (className, config) = Object(node);
        return (Layer)config.Deserialize(TypeOf(className))!;
    }

    public static (string ClassName, JsonNode Config) Object(JsonNode? node)
        => ((string?)node?["class_name"] ?? throw new JsonException("The key 'class_name' is missing."),
            node?["config"] ?? throw new JsonException("The key 'config' is missing."));

    public static ModelFormatException UnknownClass(string className) => new(new Fault(
        "unknown_layer_class",
        "A model description may name only classes this library knows,",
        $"but names '{className}'.",
        "Use a layer of DeepGpu.Models instead."));

    private static JsonTypeInfo TypeOf(string className) => className switch
    {
        nameof(InputLayer) => ModelJsonContext.Default.InputLayer,
        nameof(Dense) => ModelJsonContext.Default.Dense,
        nameof(Conv2D) => ModelJsonContext.Default.Conv2D,
        nameof(MaxPooling2D) => ModelJsonContext.Default.MaxPooling2D,
        nameof(Flatten) => ModelJsonContext.Default.Flatten,
        nameof(Dropout) => ModelJsonContext.Default.Dropout,
        _ => throw UnknownClass(className),
    };
}

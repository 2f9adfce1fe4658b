using System.Text.Json;
using System.Text.Json.Nodes;

namespace DeepGpu.Models;

/// <summary>Writes and reads a model in the form of Keras 3's config.json.</summary>
internal static class ModelJson
{
    private const int MaxDepth = 64;

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static string Write(ModelSpec spec) => new JsonObject
    {
        ["module"] = "keras",
        ["class_name"] = "Sequential",
        ["config"] = new JsonObject
        {
            ["name"] = spec.Name,
            ["layers"] = new JsonArray([.. spec.Layers.Select(node => LayerJson.Write(node.Layer, node.Name))]),
        },
        ["registered_name"] = null,
    }.ToJsonString(Indented);

    public static ModelSpec Read(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            var root = JsonNode.Parse(json, documentOptions: new() { MaxDepth = MaxDepth, AllowDuplicateProperties = false });
            return ReadSequential(root);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or DeepGpuArgumentException)
        {
            throw new ModelFormatException(new("model_json", "A model description must be Keras config JSON.", e.Message, "Write it with ModelSpec.ToJson or Keras's to_json."), innerException: e);
        }
    }

    private static ModelSpec ReadSequential(JsonNode? root)
    {
        var (className, config) = LayerJson.Object(root);
        if (className != "Sequential") throw LayerJson.UnknownClass(className);
        var layers = config["layers"]?.AsArray() ?? throw new JsonException("The key 'layers' is missing.");
        var output = layers.Select(LayerJson.Read).Aggregate((SymbolicTensor?)null, (chain, layer) => new LayerCall(layer, chain is null ? [] : [chain]).Output(0));
        return output?.Build((string?)config["name"] ?? "sequential") ?? throw new JsonException("The list 'layers' is empty.");
    }
}

using System.Text.Json.Nodes;

namespace DeepGpu.Models.Json;

/// <summary>Chains of Keras 1 that start by merging other chains: graphs of several inputs, written as Keras 2 writes graphs.</summary>
internal sealed class KerasOneBranches
{
    private readonly JsonArray _layers = [];
    private readonly JsonArray _inputs = [];

    /// <summary>Changes the object of a Sequential whose first layer is a Merge; leaves any other.</summary>
    public static void Upgrade(JsonObject model)
    {
        if (!IsSequential(model) || Chain(model) is not { } chain || !StartsWithMerge(chain)) return;
        var branches = new KerasOneBranches();
        var output = branches.Add(chain);
        model["class_name"] = "Model";
        model["config"] = new JsonObject
        {
            ["name"] = "sequential",
            ["layers"] = branches._layers,
            ["input_layers"] = branches._inputs,
            ["output_layers"] = new JsonArray(Reference(output)),
        };
    }

    /// <summary>Adds a chain and yields its last layer's name.</summary>
    private string Add(JsonArray chain)
    {
        JsonObject First() => chain[0] as JsonObject ?? throw LayerJson.Missing("class_name");
        List<string> sources = StartsWithMerge(chain) ? [.. Branches(First()).Select(Add)] : [AddInput(First())];
        foreach (var layer in chain.OfType<JsonObject>().Where(layer => (string?)layer["class_name"] != "InputLayer"))
        {
            sources = [Add(layer, sources)];
        }

        return sources[0];
    }

    private string Add(JsonObject layer, List<string> sources)
    {
        var name = Name(layer);
        var copy = layer.DeepClone().AsObject();
        copy["name"] = name;
        copy["inbound_nodes"] = new JsonArray(new JsonArray([.. sources.Select(Reference)]));
        (copy["config"] as JsonObject)?.Remove("layers");
        _layers.Add(copy);
        return name;
    }

    private string AddInput(JsonObject first)
    {
        var name = (string?)first["class_name"] == "InputLayer" ? Name(first) : $"{Name(first)}_input";
        var shape = first["config"]?["batch_input_shape"] ?? throw LayerJson.Missing("batch_input_shape");
        _layers.Add(new JsonObject
        {
            ["class_name"] = "InputLayer",
            ["config"] = new JsonObject
            {
                ["name"] = name,
                ["batch_input_shape"] = shape.DeepClone(),
                ["input_dtype"] = first["config"]?["input_dtype"]?.DeepClone()
            },
            ["name"] = name,
            ["inbound_nodes"] = new JsonArray(),
        });
        _inputs.Add(Reference(name));
        return name;
    }

    private static IEnumerable<JsonArray> Branches(JsonObject merge)
        => (merge["config"]!["layers"] as JsonArray ?? [])
            .Select(branch => branch is JsonObject map && IsSequential(map) ? Chain(map) : null)
            .Select(chain => chain is { Count: > 0 } ? chain : throw LayerJson.UnknownClass("Merge of models that are no chains"));

    private static bool StartsWithMerge(JsonArray chain) => chain is [JsonObject first, ..] && (string?)first["class_name"] == "Merge"
        && first["config"]?["layers"] is JsonArray { Count: > 0 };

    private static bool IsSequential(JsonObject map) => map["class_name"] is JsonValue name && name.TryGetValue<string>(out var text)
        && text == "Sequential";

    private static JsonArray? Chain(JsonObject sequential) => sequential["config"] as JsonArray
        ?? sequential["config"]?["layers"] as JsonArray;

    private static string Name(JsonObject layer) => (string?)(layer["config"] as JsonObject)?["name"] ?? (string?)layer["name"]
        ?? throw LayerJson.Missing("name");

    private static JsonArray Reference(string name) => [name, 0, 0];
}

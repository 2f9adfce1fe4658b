using System.Text.Json.Nodes;

namespace DeepGpu.Models.Json;

/// <summary>Activations written as layers with options: named where a name means the same, else a layer of their own after the one they
/// belong to.</summary>
internal static class LayerActivations
{
    private static readonly HashSet<string?> Recurrent = new(StringComparer.Ordinal)
    {
        "LSTM", "GRU", "SimpleRNN", "ConvLSTM1D", "ConvLSTM2D", "ConvLSTM3D", "LSTMCell", "GRUCell", "SimpleRNNCell", "RNN",
        "Bidirectional",
    };

    private static readonly string[] Keys = ["activation", "recurrent_activation"];

    /// <summary>Changes every list of layers, at any depth.</summary>
    public static void Split(JsonNode? node)
    {
        if (node is JsonArray list)
        {
            foreach (var item in list) Split(item);
        }
        else if (node is JsonObject map)
        {
            foreach (var (_, value) in map) Split(value);
            Name(map);
            if (map["layers"] is JsonArray layers) SplitList(map, layers);
            if (Text(map["class_name"]) == "Sequential" && map["config"] is JsonArray chain) SplitList(map, chain);
        }
    }

    /// <summary>Replaces objects that mean an activation's name by the name.</summary>
    private static void Name(JsonObject config)
    {
        foreach (var key in Keys)
        {
            if (config[key] is JsonObject layer && NameOf(layer) is { } name) config[key] = name;
        }
    }

    private static string? NameOf(JsonObject layer)
    {
        if (layer["config"] is not JsonObject) return null;
        double Number(string first, string second, double otherwise)
            => (KerasTwo.Unwrapped(layer["config"]?[first]) ?? KerasTwo.Unwrapped(layer["config"]?[second])) is JsonValue value
                && value.TryGetValue<double>(out var n) ? n : otherwise;
        var slope = (float)Number("negative_slope", "alpha", Text(layer["class_name"]) == "LeakyReLU" ? 0.3 : 0);
        var (most, least) = (Number("max_value", "max_value", double.PositiveInfinity), Number("threshold", "threshold", 0));
        return (Text(layer["class_name"]), slope, most, least) switch
        {
            ("Activation", _, _, _) => Text(layer["config"]?["activation"]),
            ("LeakyReLU", 0.2f, _, _) => "leaky_relu",
            ("ReLU", 0, double.PositiveInfinity, 0) => "relu",
            ("ReLU", 0, 6, 0) => "relu6",
            ("ReLU", 0.2f, double.PositiveInfinity, 0) => "leaky_relu",
            ("ELU", _, _, _) when Number("alpha", "alpha", 1) == 1 => "elu",
            ("Softmax", _, _, _) when Number("axis", "axis", -1) == -1 => "softmax",
            _ => null,
        };
    }

    private static void SplitList(JsonObject container, JsonArray layers)
    {
        var names = layers.OfType<JsonObject>().Select(NameOfLayer).OfType<string>().ToHashSet(StringComparer.Ordinal);
        for (var i = 0; i < layers.Count; i++)
        {
            if (layers[i] is not JsonObject host || ConfigOf(host) is not { } config || config["activation"] is not JsonObject layer
                || !IsLayer(layer)) continue;
            if (Text(host["class_name"]) == "Activation") Replace(host, config, layer);
            else layers.Insert(++i, After(container, host, config, layer, names));
        }
    }

    /// <summary>The options whose activation may as well come after the layer: not those of a recurrence, within which it acts; of a layer
    /// that is applied to each step those of the layer.</summary>
    private static JsonObject? ConfigOf(JsonObject host)
    {
        var (className, config) = (Text(host["class_name"]), host["config"] as JsonObject);
        if (className == "TimeDistributed") return config?["layer"] is JsonObject inner && !CountsAxes(inner) ? ConfigOf(inner) : null;
        return Recurrent.Contains(className) ? null : config;
    }

    /// <summary>Whether the activation names an axis from the start, which counts the time where it stands after all steps.</summary>
    private static bool CountsAxes(JsonObject inner)
        => inner["config"]?["activation"] is JsonObject activation && activation["config"]?["axis"] is JsonValue axis
            && !(axis.TryGetValue<int>(out var place) && place < 0);

    /// <summary>Whether an object is a layer without weights.</summary>
    private static bool IsLayer(JsonObject layer) => Text(layer["class_name"]) is "LeakyReLU" or "ReLU" or "ELU" or "Softmax"
        && layer["config"] is JsonObject;

    private static void Replace(JsonObject host, JsonObject config, JsonObject layer)
    {
        var options = layer["config"]!.DeepClone().AsObject();
        options["name"] = config["name"]?.DeepClone();
        (host["class_name"], host["config"]) = (layer["class_name"]!.DeepClone(), options);
    }

    /// <summary>The activation as a layer, after which what read the host reads it.</summary>
    private static JsonObject After(JsonObject container, JsonObject host, JsonObject config, JsonObject layer, HashSet<string> names)
    {
        var (owner, options) = (NameOfLayer(host), layer["config"]!.DeepClone().AsObject());
        var stem = $"{owner ?? "layer"}_activation";
        var name = Enumerable.Range(0, names.Count + 1).Select(n => n == 0 ? stem : $"{stem}_{n}").First(names.Add);
        options["name"] = name;
        config["activation"] = "linear";
        if (config["activity_regularizer"] is { } penalty) (options["activity_regularizer"],
            config["activity_regularizer"]) = (penalty.DeepClone(), null);
        var after = new JsonObject
        {
            ["module"] = layer["module"]?.DeepClone() ?? "keras.layers",
            ["class_name"] = layer["class_name"]!.DeepClone(),
            ["config"] = options
        };
        if (host["inbound_nodes"] is not JsonArray calls || owner is null) return after;
        Redirect(container, owner, name);
        after["name"] = name;
        after["inbound_nodes"] = new JsonArray([.. calls.Select((call, number) => Call(call, owner, number))]);
        return after;
    }

    /// <summary>A call of the activation with the host's output, in the form of the host's own calls.</summary>
    private static JsonNode Call(JsonNode? call, string owner, int number)
    {
        JsonNode history = new JsonArray(owner, number, 0);
        if (call is JsonArray) return new JsonArray(history);
        var tensor = new JsonObject { ["class_name"] = "__keras_tensor__", ["config"] = new JsonObject { ["keras_history"] = history } };
        return new JsonObject { ["args"] = new JsonArray(tensor), ["kwargs"] = new JsonObject() };
    }

    private static void Redirect(JsonObject container, string owner, string name)
    {
        foreach (var layer in (container["layers"] as JsonArray ?? [])
            .OfType<JsonObject>()) KerasNames.ChangeReferences(layer["inbound_nodes"],
            layerName => layerName == owner ? name : layerName);
        KerasNames.ChangeReferences(container["output_layers"], layerName => layerName == owner ? name : layerName);
    }

    private static string? NameOfLayer(JsonObject layer) => Text(layer["name"]) ?? Text((layer["config"] as JsonObject)?["name"]);

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}

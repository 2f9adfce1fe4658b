using System.Text.Json.Nodes;

namespace DeepGpu.Models.Json;

/// <summary>Classes and options of Keras 2 that Keras 3 has no more, as Keras itself converts them.</summary>
internal static class KerasTwo
{
    /// <summary>Classes that do what another does, with the options in which they differ.</summary>
    private static readonly Dictionary<string,
        (string ClassName, (string Key, JsonNode Value)[] Options)> Classes = new(StringComparer.Ordinal)
        {
            ["CuDNNLSTM"] = ("LSTM", [("activation", "tanh"), ("recurrent_activation", "sigmoid")]),
            ["CuDNNGRU"] = ("GRU", [("activation", "tanh"), ("recurrent_activation", "sigmoid"), ("reset_after", true)]),
            ["UnifiedLSTM"] = ("LSTM", []),
            ["UnifiedGRU"] = ("GRU", []),
            ["BatchNormalizationV1"] = ("BatchNormalization", []),
            ["BatchNormalizationV2"] = ("BatchNormalization", []),
            ["SyncBatchNormalization"] = ("BatchNormalization", []),
            ["ThresholdedReLU"] = ("ReLU", []),
        };

    /// <summary>Layers whose kernels are not grouped; tf.keras wrote the option of the class they derive from.</summary>
    private static readonly HashSet<string> Ungrouped = new(StringComparer.Ordinal)
    {
        "DepthwiseConv1D", "DepthwiseConv2D", "SeparableConv1D", "SeparableConv2D", "Conv1DTranspose", "Conv2DTranspose", "Conv3DTranspose",
    };

    /// <summary>Changes a layer's object to Keras 3's class.</summary>
    public static void Upgrade(JsonObject layer)
    {
        if (KerasVersions.NamedConfig(layer) is not var (className, config)) return;
        if (className == "ThresholdedReLU") Rename(config, "theta", "threshold");
        if (className is "Attention" or "AdditiveAttention") Rename(config, "causal", "use_causal_mask");
        if (className == "CategoryEncoding") RenameEncoding(config);
        if (className == "Embedding" && IsWhole(config["dtype"])) config.Remove("dtype");
        if (!Classes.TryGetValue(className, out var row)) return;
        layer["class_name"] = row.ClassName;
        foreach (var (key, value) in row.Options) config[key] = value.DeepClone();
    }

    /// <summary>Whether an option that the layer lacks has the value at which it changes nothing.</summary>
    public static bool IsNeutral(string className, string key, JsonNode? value) => key switch
    {
        "groups" => Ungrouped.Contains(className) && value is JsonValue groups && groups.ToJsonString() == "1",
        "query_shape" or "key_shape" or "value_shape" => className == "MultiHeadAttention" && value is JsonArray,
        "kernel_initializer" => Ungrouped.Contains(className) && !className.EndsWith("Transpose", StringComparison.Ordinal),
        _ => false,
    };

    /// <summary>The numbers in what NumPy's became, {"type": "ndarray", "value": 0.2}, and the list in a tuple, {"class_name": "__tuple__",
    /// "items": [3]}; anything else as it is.</summary>
    public static JsonNode? Unwrapped(JsonNode? value) => value switch
    {
        JsonObject map when Is(map["type"], "ndarray") => map["value"],
        JsonObject map when Is(map["class_name"], "__tuple__") => map["items"],
        _ => value,
    };

    /// <summary>The numbers in an array of Keras 3, {"class_name": "__numpy__", "config": {"value": [0.2], ...}}; anything else as it
    /// is.</summary>
    public static JsonNode? UnwrappedArray(JsonNode? value)
        => value is JsonObject map && (Is(map["class_name"], "__numpy__") || Is(map["class_name"], "__tensor__"))
            ? (map["config"] as JsonObject ?? map)["value"] : value;

    private static bool Is(JsonNode? node, string word)
        => node is JsonValue value && value.TryGetValue<string>(out var text) && text == word;

    /// <summary>Until TensorFlow 2.5 the number of tokens and the mode had other names.</summary>
    private static void RenameEncoding(JsonObject config)
    {
        Rename(config, "max_tokens", "num_tokens");
        if (Is(config["output_mode"], "binary")) config["output_mode"] = "multi_hot";
    }

    private static void Rename(JsonObject config, string before, string now)
    {
        if (!config.TryGetPropertyValue(before, out var value)) return;
        config.Remove(before);
        config[now] = value?.DeepClone();
    }

    private static bool IsWhole(JsonNode? dtype)
        => dtype is JsonValue value && value.TryGetValue<string>(out var name)
            && (name.StartsWith("int", StringComparison.Ordinal) || name.StartsWith("uint", StringComparison.Ordinal));
}

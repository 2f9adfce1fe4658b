using System.Collections.Frozen;
using System.Text.Json.Nodes;

namespace DeepGpu.Models.Json;

/// <summary>Turns what Keras 1 wrote into Keras 2's form: classes and options under other names, lengths in several options.</summary>
/// <remarks>Keras 2 took the old names too: https://github.com/keras-team/keras/blob/2.2.4/keras/legacy/interfaces.py</remarks>
internal static class KerasOne
{
    private const string Kernel = "init:kernel_initializer W_regularizer:kernel_regularizer b_regularizer:bias_regularizer "
        + "W_constraint:kernel_constraint b_constraint:bias_constraint bias:use_bias";

    private const string Window = "border_mode:padding dim_ordering:data_format";

    private const string Recurrent = "output_dim:units init:kernel_initializer inner_init:recurrent_initializer "
        + "inner_activation:recurrent_activation "
        + "W_regularizer:kernel_regularizer U_regularizer:recurrent_regularizer b_regularizer:bias_regularizer "
        + "dropout_W:dropout dropout_U:recurrent_dropout forget_bias_init:unit_forget_bias consume_less: ";

    /// <summary>"classes | class of Keras 2 (none: the same) | old:new ..."; an option without a new name is dropped.</summary>
    private static readonly FrozenDictionary<string, (string? ClassName, FrozenDictionary<string, string> Options)> Classes = new[]
    {
        $"Dense TimeDistributedDense | Dense | output_dim:units input_length: {Kernel}",
        "Dropout SpatialDropout1D SpatialDropout2D SpatialDropout3D GaussianDropout AlphaDropout | | p:rate dim_ordering:data_format",
        "GaussianNoise | | sigma:stddev",
        "Embedding | | init:embeddings_initializer W_regularizer:embeddings_regularizer W_constraint:embeddings_constraint dropout:",
        $"LSTM GRU SimpleRNN | | {Recurrent}",
        "ConvLSTM2D | | nb_filter:filters subsample:strides "
            + $"{Recurrent.Replace("output_dim:units ", "", StringComparison.Ordinal)} {Window} bias:use_bias",
        "Convolution1D AtrousConvolution1D | Conv1D | nb_filter:filters filter_length:kernel_size subsample_length:strides "
            + $"atrous_rate:dilation_rate {Kernel} {Window} input_length:",
        $"Convolution2D AtrousConvolution2D | Conv2D | nb_filter:filters subsample:strides atrous_rate:dilation_rate {Kernel} {Window}",
        $"Deconvolution2D | Conv2DTranspose | nb_filter:filters subsample:strides output_shape: {Kernel} {Window}",
        $"Convolution3D | Conv3D | nb_filter:filters subsample:strides {Kernel} {Window}",
        $"SeparableConvolution2D | SeparableConv2D | nb_filter:filters subsample:strides "
            + "depthwise_init:depthwise_initializer pointwise_init:pointwise_initializer "
            + $"init: {Kernel.Replace("init:kernel_initializer ", "", StringComparison.Ordinal)} {Window}",
        $"MaxPooling1D AveragePooling1D | | pool_length:pool_size stride:strides {Window}",
        $"MaxPooling2D AveragePooling2D MaxPooling3D AveragePooling3D | | {Window}",
        "GlobalMaxPooling1D GlobalAveragePooling1D GlobalMaxPooling2D GlobalAveragePooling2D GlobalMaxPooling3D "
            + "GlobalAveragePooling3D | | dim_ordering:data_format",
        "UpSampling1D | | length:size",
            "UpSampling2D UpSampling3D ZeroPadding2D ZeroPadding3D Cropping2D Cropping3D | | dim_ordering:data_format",
        "BatchNormalization | | beta_init:beta_initializer gamma_init:gamma_initializer mode:",
        "PReLU | | init:alpha_initializer",
        "InputLayer | | input_dtype:dtype",
    }.SelectMany(Parse).ToFrozenDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal);

    /// <summary>Changes a layer's object: its class, then the options that are there.</summary>
    public static void Upgrade(JsonObject layer)
    {
        if (KerasVersions.NamedConfig(layer) is not var (className, config)) return;
        if (className == "Merge") Merge(layer, config);
        if (!Classes.TryGetValue(className, out var row)) return;
        if (className == "BatchNormalization" && config["mode"] is JsonValue mode
            && mode.ToJsonString() != "0") throw LayerJson.UnknownOption(className, "mode", mode);
        if (row.ClassName is { } now) layer["class_name"] = now;
        foreach (var (key, _) in config.ToList()) Rename(config, key, row.Options.GetValueOrDefault(key));
        if (Lengths(config) is { } kernel) config["kernel_size"] = kernel;
    }

    /// <summary>Whether an object with a class is a layer of Keras 1 that merges its inputs.</summary>
    /// <summary>Gives an option its new name: none where it is null, dropped where it is empty.</summary>
    private static void Rename(JsonObject config, string key, string? name)
    {
        if (name is null) return;
        var value = config[key];
        config.Remove(key);
        if (name.Length > 0 && !config.ContainsKey(name)) config[name] = Value(name, value);
    }

    private static void Merge(JsonObject layer, JsonObject config)
    {
        var mode = config["mode"] is JsonValue value && value.TryGetValue<string>(out var text) ? text : "a function";
        var (className, options) = mode switch
        {
            "sum" => ("Add", new JsonObject()),
            "mul" => ("Multiply", new JsonObject()),
            "ave" => ("Average", new JsonObject()),
            "max" => ("Maximum", new JsonObject()),
            "concat" => ("Concatenate", new JsonObject { ["axis"] = config["concat_axis"]?.DeepClone() }),
            "dot" or "cos" => ("Dot", new JsonObject { ["axes"] = DotAxes(config["dot_axes"]), ["normalize"] = mode == "cos" }),
            _ => throw LayerJson.UnknownClass($"Merge of mode {mode}"),
        };
        options["name"] = config["name"]?.DeepClone();
        (layer["class_name"], layer["config"]) = (className, options);
    }

    /// <summary>One axis for both inputs, or a list of one for each.</summary>
    private static JsonNode? DotAxes(JsonNode? axes) => axes is JsonArray and [JsonArray and [var first], JsonArray and [var second]]
        ? new JsonArray(first?.DeepClone(), second?.DeepClone()) : axes?.DeepClone();

    /// <summary>The kernel's lengths where the options give them one by one.</summary>
    private static JsonArray? Lengths(JsonObject config)
    {
        foreach (var names in (string[][])[["nb_row", "nb_col"], ["kernel_dim1", "kernel_dim2", "kernel_dim3"]])
        {
            if (!names.All(config.ContainsKey)) continue;
            var lengths = new JsonArray([.. names.Select(name => config[name]?.DeepClone())]);
            foreach (var name in names) config.Remove(name);
            return lengths;
        }

        return null;
    }

    /// <summary>Margins as Keras 1 writes them: four numbers, or {"top_pad": 1, ...}; null for other forms.</summary>
    public static JsonArray? Margins(JsonNode? padding) => padding switch
    {
        JsonArray and [JsonValue top, JsonValue bottom, JsonValue left, JsonValue right]
            => [new JsonArray(top.DeepClone(), bottom.DeepClone()), new JsonArray(left.DeepClone(), right.DeepClone())],
        JsonObject map when map.ContainsKey("top_pad") || map.ContainsKey("bottom_pad")
            => [new JsonArray(Side(map, "top_pad"), Side(map, "bottom_pad")), new JsonArray(Side(map, "left_pad"), Side(map, "right_pad"))],
        JsonObject map when map.ContainsKey("left_pad") || map.ContainsKey("right_pad") => [Side(map, "left_pad"), Side(map, "right_pad")],
        _ => null,
    };

    private static JsonNode Side(JsonObject map, string key) => map[key]?.DeepClone() ?? 0;

    private static JsonNode? Value(string option, JsonNode? value) => option switch
    {
        "data_format" when value is JsonValue
            => (string?)value switch { "tf" => "channels_last", "th" => "channels_first", _ => value.DeepClone() },
        "unit_forget_bias" when value is JsonValue => (string?)value == "one",
        _ when option.EndsWith("_regularizer", StringComparison.Ordinal) => Penalty(value),
        _ when option.EndsWith("_constraint", StringComparison.Ordinal) => Limit(value),
        _ => value?.DeepClone(),
    };

    /// <summary>{"name": "WeightRegularizer", "l1": 0, "l2": 0.01}.</summary>
    internal static JsonNode? Penalty(JsonNode? value) => value is JsonObject map && !map.ContainsKey("class_name")
        && map.ContainsKey("name")
        ? new JsonObject
        {
            ["class_name"] = "L1L2",
            ["config"] = new JsonObject { ["l1"] = map["l1"]?.DeepClone() ?? 0, ["l2"] = map["l2"]?.DeepClone() ?? 0 }
        }
        : value?.DeepClone();

    /// <summary>{"name": "MaxNorm", "m": 2, "axis": 0}.</summary>
    private static JsonNode? Limit(JsonNode? value)
    {
        if (value is not JsonObject map || map.ContainsKey("class_name") || map["name"] is not JsonValue name) return value?.DeepClone();
        var options = map.Where(option => option.Key != "name")
            .Select(option => KeyValuePair.Create(option.Key == "m" ? "max_value" : option.Key, option.Value?.DeepClone()));
        return new JsonObject { ["class_name"] = name.DeepClone(), ["config"] = new JsonObject(options) };
    }

    private static IEnumerable<KeyValuePair<string, (string? ClassName, FrozenDictionary<string, string> Options)>> Parse(string line)
    {
        var parts = line.Split('|', StringSplitOptions.TrimEntries);
        var options = Words(parts[2]).Select(word => word.Split(':')).DistinctBy(pair => pair[0])
            .ToFrozenDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
        return Words(parts[0]).Select(name => KeyValuePair.Create(name, (parts[1].Length == 0 ? null : parts[1], options)));
    }

    private static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}

using System.Text;
using System.Text.Json.Nodes;

namespace DeepGpu.Models.Json;

/// <summary>TensorFlowOpLayer of tf.keras 2.0 to 2.3: one operation of a graph, which is written as the TFOpLambda of later versions that
/// computes the same. Names of operations, from a literal list; no code.</summary>
/// <remarks>Operations and attributes: https://www.tensorflow.org/api_docs/python/tf/raw_ops</remarks>
internal static class TensorFlowOperations
{
    private const string ClassName = "TensorFlowOpLayer";

    /// <summary>A line each: operations | function | arguments in the order of the inputs, "*" for several | attributes as theirs:its.
    /// </summary>
    private static readonly string[] Lines =
    [
        "Add AddV2 BiasAdd | math.add | x y", "Sub | math.subtract | x y", "Mul | math.multiply | x y", "RealDiv Div | math.truediv | x y",
        "FloorDiv | math.floordiv | x y", "FloorMod | math.floormod | x y", "Pow | math.pow | x y", "Maximum | math.maximum | x y",
        "Minimum | math.minimum | x y", "SquaredDifference | math.squared_difference | x y", "Atan2 | math.atan2 | y x",
        "Equal | math.equal | x y", "NotEqual | math.not_equal | x y", "Greater | math.greater | x y",
        "GreaterEqual | math.greater_equal | x y", "Less | math.less | x y", "LessEqual | math.less_equal | x y",
        "LogicalAnd | math.logical_and | x y", "LogicalOr | math.logical_or | x y", "LogicalNot | math.logical_not | x",
        "Abs | math.abs | x", "Neg | math.negative | x", "Sign | math.sign | x", "Square | math.square | x", "Sqrt | math.sqrt | x",
        "Rsqrt | math.rsqrt | x", "Inv Reciprocal | math.reciprocal | x", "Exp | math.exp | x", "Expm1 | math.expm1 | x",
        "Log | math.log | x", "Log1p | math.log1p | x", "Erf | math.erf | x", "Sin | math.sin | x", "Cos | math.cos | x",
        "Tan | math.tan | x", "Sinh | math.sinh | x", "Cosh | math.cosh | x", "Tanh | math.tanh | x", "Asin | math.asin | x",
        "Acos | math.acos | x", "Atan | math.atan | x", "Asinh | math.asinh | x", "Acosh | math.acosh | x", "Atanh | math.atanh | x",
        "Ceil | math.ceil | x", "Floor | math.floor | x", "Round | math.round | x", "Sigmoid | math.sigmoid | x",
        "Relu | nn.relu | features", "Relu6 | nn.relu6 | features", "Elu | nn.elu | features", "Selu | nn.selu | features",
        "Softplus | math.softplus | features", "Softsign | nn.softsign | features", "LeakyRelu | nn.leaky_relu | features | alpha:alpha",
        "Softmax | nn.softmax | logits", "LogSoftmax | nn.log_softmax | logits", "Identity | identity | input",
        "StopGradient | stop_gradient | input", "Cast | cast | x | DstT:dtype",
        "ClipByValue | clip_by_value | t clip_value_min clip_value_max",
        "Mean | math.reduce_mean | input_tensor axis | keep_dims:keepdims",
        "Sum | math.reduce_sum | input_tensor axis | keep_dims:keepdims",
        "Max | math.reduce_max | input_tensor axis | keep_dims:keepdims", "Min | math.reduce_min | input_tensor axis | keep_dims:keepdims",
        "Prod | math.reduce_prod | input_tensor axis | keep_dims:keepdims",
        "Any | math.reduce_any | input_tensor axis | keep_dims:keepdims",
        "All | math.reduce_all | input_tensor axis | keep_dims:keepdims", "ArgMax | math.argmax | input axis",
        "ArgMin | math.argmin | input axis", "Cumsum | math.cumsum | x axis | exclusive:exclusive reverse:reverse",
        "Reshape | reshape | tensor shape", "ExpandDims | expand_dims | input axis", "Squeeze | squeeze | input | squeeze_dims:axis",
        "Transpose | transpose | a perm", "ReverseV2 | reverse | tensor axis", "Tile | tile | input multiples",
        "BroadcastTo | broadcast_to | input shape", "ConcatV2 | concat | *values axis", "Pack | stack | *values | axis:axis",
        "Unpack | unstack | value | axis:axis num:num", "SplitV | split | value num_or_size_splits axis",
        "Split | split | axis value | num_split:num_or_size_splits", "Pad | pad | tensor paddings",
        "PadV2 | pad | tensor paddings constant_values",
        "MirrorPad | pad | tensor paddings | mode:mode", "GatherV2 | gather | params indices axis",
        "Select SelectV2 | where | condition x y",
        "MatMul | linalg.matmul | a b | transpose_a:transpose_a transpose_b:transpose_b",
        "BatchMatMul BatchMatMulV2 | linalg.matmul | a b | adj_x:transpose_a adj_y:transpose_b",
        "TopKV2 | math.top_k | input k | sorted:sorted", "Shape | shape | input",
        "DepthToSpace | nn.depth_to_space | input | block_size:block_size data_format:data_format",
        "SpaceToDepth | nn.space_to_depth | input | block_size:block_size data_format:data_format",
        "ResizeBilinear ResizeNearestNeighbor ResizeBicubic | image.resize | images size",
        "StridedSlice | __operators__.getitem | tensor begin end strides",
    ];

    /// <summary>Writes a layer's object as the later form; leaves any other.</summary>
    /// <exception cref="ModelFormatException">Its operation is not on the list.</exception>
    public static void Upgrade(JsonObject layer)
    {
        if (layer["class_name"] is not JsonValue value || !value.TryGetValue<string>(out var name) || name != ClassName) return;
        if (layer["config"] is not JsonObject config) return;
        var node = Node(config["node_def"]);
        var operation = (string?)node["op"] ?? throw LayerJson.Missing("op");
        var attributes = node["attr"] as JsonObject ?? [];
        var method = Method(operation, attributes);
        var line = Lines.Select(line => line.Split('|', StringSplitOptions.TrimEntries))
            .FirstOrDefault(parts => parts[0].Split(' ').Contains(operation)) ?? throw FunctionJson.Unknown(operation);
        layer["class_name"] = "TFOpLambda";
        layer["config"] = new JsonObject { ["name"] = ((string?)layer["name"] ?? (string?)config["name"]), ["function"] = line[1] };
        if (layer["inbound_nodes"] is not JsonArray calls) return;
        var written = new JsonArray([.. calls.OfType<JsonArray>()
            .Select(call => Call(line, call, config["constants"] as JsonObject ?? [], attributes, method))]);
        layer["inbound_nodes"] = JsonNode.Parse(written.ToJsonString()); // as numbers of any type, which those made here are not
    }

    /// <summary>The call with constants in their places and attributes as arguments by name.</summary>
    private static JsonArray Call(string[] line, JsonArray call, JsonObject constants, JsonObject attributes, string? method)
    {
        var inputs = Inputs(call, constants);
        var names = line[2].Split(' ');
        var many = names[0].StartsWith('*') ? inputs.Count - (names.Length - 1) : 0;
        List<JsonNode?> tensors = many > 0 ? inputs[..many] : [Named("value") ?? inputs[0]];
        JsonObject keywords = [];
        for (var i = 0; i < names.Length; i++)
        {
            var at = many > 0 ? i + many - 1 : i;
            if (!names[i].StartsWith('*') && at < inputs.Count && !ReferenceEquals(inputs[at], tensors[0]))
                keywords[names[i]] = inputs[at]?.DeepClone();
        }

        foreach (var pair in line.ElementAtOrDefault(3)?.Split(' ').Select(word => word.Split(':')) ?? [])
            if (Attribute(attributes[pair[0]] as JsonObject) is { } given) keywords[pair[1]] = given;
        if (method is not null) keywords["method"] = method;
        if (line[1] == "__operators__.getitem") keywords = new() { ["slice_spec"] = Slices(keywords, attributes) };
        var written = tensors.Select(tensor => Tensor(tensor, keywords)).ToArray();
        return many > 0 ? new JsonArray([.. written]) : written[0];

        JsonNode? Named(string name) => names[0] == "axis" && Array.IndexOf(names, name) is > 0 and var at ? inputs[at] : null;
    }

    /// <summary>How a resizing finds values between pixels; null of other operations. Only centres that lie half a pixel in, as tf.image of
    /// TensorFlow 2 has them, are what layers do.</summary>
    private static string? Method(string operation, JsonObject attributes)
    {
        if (!operation.StartsWith("Resize", StringComparison.Ordinal)) return null;
        bool Is(string name) => Attribute(attributes[name] as JsonObject) is JsonValue value && value.TryGetValue<bool>(out var on) && on;
        if (!Is("half_pixel_centers")) throw LayerJson.UnknownOption(operation, "half_pixel_centers", JsonValue.Create(false));
        if (Is("align_corners")) throw LayerJson.UnknownOption(operation, "align_corners", JsonValue.Create(true));
        return operation switch { "ResizeNearestNeighbor" => "nearest", "ResizeBicubic" => "bicubic", _ => "bilinear" };
    }

    /// <summary>The inputs in order: a layer's output where there is no constant.</summary>
    private static List<JsonNode?> Inputs(JsonArray call, JsonObject constants)
    {
        List<JsonArray> layers = call is [JsonArray, ..] ? [.. call.OfType<JsonArray>()] : [call];
        var next = new Queue<JsonArray>(layers);
        var inputs = new List<JsonNode?>();
        for (var i = 0; next.Count > 0 || constants.ContainsKey($"{i}"); i++)
        {
            if (constants.TryGetPropertyValue($"{i}", out var constant)) inputs.Add(constant);
            else inputs.Add(new JsonArray([.. next.Dequeue().Take(3).Select(part => part?.DeepClone())]));
        }

        return inputs;
    }

    private static JsonArray Tensor(JsonNode? tensor, JsonObject keywords)
        => tensor is JsonArray { Count: 3 } reference && reference[0] is JsonValue name && name.TryGetValue<string>(out _)
            ? new JsonArray([.. reference.Select(part => part?.DeepClone()), keywords.DeepClone()])
            : new JsonArray("_CONSTANT_VALUE", -1, tensor?.DeepClone(), keywords.DeepClone());

    /// <summary>An attribute's value: {"b": true}, {"i": "2"}, {"f": 0.2}, {"s": base64}, {"type": "DT_FLOAT"}, {"list": {"i": [...]}}.
    /// </summary>
    private static JsonNode? Attribute(JsonObject? attribute) => attribute?.FirstOrDefault() switch
    {
        { Key: "b" or "f", Value: { } value } => value.DeepClone(),
        { Key: "i", Value: { } value } => Number(value),
        { Key: "s", Value: { } value } => Encoding.UTF8.GetString(Convert.FromBase64String(value.GetValue<string>())),
        { Key: "type", Value: { } value } => TypeName(value.GetValue<string>()),
        { Key: "list", Value: JsonObject list } => list["i"] is JsonArray numbers ? new JsonArray([.. numbers.Select(Number)]) : null,
        _ => null,
    };

    /// <summary>64-bit numbers are texts in the JSON of protocol buffers.</summary>
    private static JsonNode Number(JsonNode? value)
        => value is JsonValue text && text.TryGetValue<string>(out var digits)
            ? long.Parse(digits, System.Globalization.CultureInfo.InvariantCulture)
            : value?.GetValue<long>() ?? throw LayerJson.Missing("i");

    private static string TypeName(string type) => type switch
    {
        "DT_FLOAT" => "float32",
        "DT_DOUBLE" => "float64",
        "DT_HALF" => "float16",
        "DT_BFLOAT16" => "bfloat16",
        _ => type.Replace("DT_", "", StringComparison.Ordinal).ToLowerInvariant(),
    };

    /// <summary>begin, end and strides with their masks as parts of axes.</summary>
    private static JsonArray Slices(JsonObject places, JsonObject attributes)
    {
        long[] Places(string key) => [.. (places[key] as JsonArray ?? throw LayerJson.Missing(key))
            .Select(item => Number(item).GetValue<long>())];
        bool Has(string mask, int axis) => ((Attribute(attributes[mask] as JsonObject)?.GetValue<long>() ?? 0) >> axis & 1) == 1;
        var (begin, end, strides) = (Places("begin"), Places("end"), Places("strides"));
        if (end.Length != begin.Length || strides.Length != begin.Length) throw LayerJson.Missing("strides");
        return new JsonArray([.. begin.Select((start, axis) => Has("ellipsis_mask", axis)
            ? new JsonObject { ["class_name"] = "__ellipsis__", ["config"] = new JsonObject() }
            : Has("new_axis_mask", axis) ? null
            : Has("shrink_axis_mask", axis) ? (JsonNode)start
            : new JsonObject
            {
                ["start"] = Has("begin_mask", axis) ? null : start,
                ["stop"] = Has("end_mask", axis) ? null : end[axis],
                ["step"] = strides[axis],
            })]);
    }

    private static JsonObject Node(JsonNode? node) => node switch
    {
        JsonObject map => map,
        JsonValue value when value.TryGetValue<string>(out var text) && text.TrimStart().StartsWith('{')
            => JsonNode.Parse(text) as JsonObject ?? throw LayerJson.Missing("op"),
        _ => throw new ModelFormatException(new Fault(
            "unknown_class",
            $"The operation of a {ClassName} must be written as JSON, as tf.keras 2.2 and later write it,",
            "but this one is a protocol buffer.",
            "Save the model again with tf.keras 2.2 or later, or describe the model and call LoadWeights.")),
    };
}

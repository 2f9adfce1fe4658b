using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace DeepGpu.Models.Json;

/// <summary>Arguments of functions as Keras writes them: numbers, lists, slices, arrays, and references to other layers' outputs.</summary>
/// <param name="layer">The layer they are arguments of, for errors.</param>
internal sealed class FunctionArguments(string layer)
{
    private readonly List<TensorReference> _inputs = [];

    /// <summary>The layers' outputs that the arguments refer to, in order.</summary>
    public IReadOnlyList<TensorReference> Inputs => _inputs;

    /// <summary>Reads an argument of Keras 3, or one of Keras 2 that is no reference.</summary>
    /// <exception cref="ModelFormatException">It holds what is no value.</exception>
    public FunctionArgument Read(JsonNode? node) => node switch
    {
        null => FunctionArgument.None,
        JsonValue value => Value(value),
        JsonArray list => FunctionArgument.List([.. list.Select(Read)]),
        _ => Object(node.AsObject()),
    };

    /// <summary>Reads an argument of Keras 2, where [layer, call, output] is a reference.</summary>
    /// <param name="node">The argument.</param>
    /// <param name="isLayer">Whether a name is a layer's.</param>
    public FunctionArgument ReadTwo(JsonNode? node, Func<string, bool> isLayer) => node switch
    {
        JsonArray list when Reference(list, isLayer) is { } reference => Input(reference),
        JsonArray list => FunctionArgument.List([.. list.Select(item => ReadTwo(item, isLayer))]),
        _ => Read(node),
    };

    /// <summary>A reference as an argument.</summary>
    public FunctionArgument Input(TensorReference reference)
    {
        _inputs.Add(reference);
        return FunctionArgument.Input(_inputs.Count - 1);
    }

    /// <summary>Writes an argument as Keras 3 does.</summary>
    /// <param name="argument">The argument.</param>
    /// <param name="input">Writes the reference to an input.</param>
    public static JsonNode? Write(FunctionArgument? argument, Func<int, JsonNode> input) => argument switch
    {
        InputArgument reference => input(reference.Index),
        NumberArgument { IsWhole: true } number => (long)number.Value,
        NumberArgument number => JsonNode.Parse(Fraction(number.Value)),
        FlagArgument flag => flag.Value,
        TextArgument text => text.Value,
        ListArgument list => new JsonArray([.. list.Items.Select(item => Write(item, input))]),
        SliceArgument slice => Named("__slice__",
            new() { ["start"] = slice.Start, ["stop"] = slice.Stop, ["step"] = slice.Step == 1 ? null : slice.Step }),
        EllipsisArgument => Named("__ellipsis__", []),
        ArrayArgument array => JsonSerializer.SerializeToNode(array.Values, ModelJsonContext.Default.ConstantValue),
        _ => null,
    };

    /// <summary>The output that a list refers to: a layer's name, its call, which of its outputs; null for another list.</summary>
    public static TensorReference? Reference(JsonArray list, Func<string, bool> isLayer)
        => list is [JsonValue name, JsonValue, JsonValue, ..] && name.TryGetValue<string>(out var layer) && isLayer(layer)
            ? TensorReference.Parse(list) : null;

    private static string Fraction(double value)
        => value.ToString("R", CultureInfo.InvariantCulture) is var text && text.AsSpan().ContainsAny('.', 'E') ? text : text + ".0";

    private static FunctionArgument Value(JsonValue value)
    {
        if (value.TryGetValue<bool>(out var flag)) return flag;
        if (value.TryGetValue<string>(out var text)) return text;
        var isWhole = !value.ToJsonString().AsSpan().ContainsAny('.', 'e', 'E');
        return new NumberArgument(value.GetValue<double>(), isWhole);
    }

    private FunctionArgument Object(JsonObject map)
    {
        var config = map["config"] as JsonObject ?? map;
        return (string?)map["class_name"] switch
        {
            "__keras_tensor__" => Input(TensorReference.Parse(config["keras_history"] as JsonArray
                ?? throw LayerJson.Missing("keras_history"))),
            "__slice__" => Slice(config),
            "__ellipsis__" => FunctionArgument.Ellipsis,
            "__numpy__" or "__tensor__" => Array(map),
            null when map.ContainsKey("start") && map.ContainsKey("stop") => Slice(map),
            null when (string?)map["type"] == "ndarray" => Read(map["value"]),
            _ => throw Unknown(map),
        };
    }

    private static FunctionArgument Array(JsonObject map)
    {
        var values = JsonSerializer.Deserialize(map, ModelJsonContext.Default.ConstantValue);
        return values.Shape.IsEmpty ? new NumberArgument(values.Numbers[0], IsWhole: false) : FunctionArgument.Array(values);
    }

    private static FunctionArgument Slice(JsonObject map)
        => FunctionArgument.Slice(map["start"]?.GetValue<int>(), map["stop"]?.GetValue<int>(), map["step"]?.GetValue<int>());

    private static JsonObject Named(string className, JsonObject config) => new() { ["class_name"] = className, ["config"] = config };

    private ModelFormatException Unknown(JsonNode node) => new(new Fault(
        "unknown_argument",
        $"A call of '{StrictJson.Printable(layer)}' may have only numbers, texts, lists, parts of axes, arrays and tensors as arguments,",
        $"but has {StrictJson.Printable(node.ToJsonString())}.",
        "Replace the call by a layer."));
}

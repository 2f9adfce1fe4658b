using DeepGpu.Models.Layers;

namespace DeepGpu.Models.Json;

/// <summary>Shapes as values in graphs of Keras 2: tf.shape(x), its parts, and sums and products of them are known when a description is
/// read, and stand in the calls that use them as numbers. The batch, and a length left open, is -1.</summary>
internal sealed class ShapeFolding
{
    /// <summary>The function that yields a shape.</summary>
    public const string Shape = "shape";

    private readonly Dictionary<TensorReference, FunctionArgument> _values = [];

    /// <summary>Notes the value of a call of tf.shape.</summary>
    public void Note(string layer, int call, Shape shape)
        => _values[new(layer, call, 0)] = FunctionArgument.List(shape.Axes.Select(length => (FunctionArgument)(length ?? -1)));

    /// <summary>Whether a call uses such a value.</summary>
    public bool Concerns(IReadOnlyList<TensorReference> inputs) => inputs.Any(_values.ContainsKey);

    /// <summary>Puts the values into a call. Null where nothing of it is left to be run: its result is noted as a value too.</summary>
    /// <param name="function">The function.</param>
    /// <param name="inputs">What its inputs refer to.</param>
    /// <param name="layer">The call's layer.</param>
    /// <param name="call">The call's number.</param>
    /// <param name="shapeOf">The shape of what a reference means.</param>
    /// <exception cref="ModelFormatException">Nobody knows the value before the model runs.</exception>
    public (TensorFunction Function, List<TensorReference> Inputs)? Put(TensorFunction function, IReadOnlyList<TensorReference> inputs,
        string layer, int call, Func<TensorReference, Shape> shapeOf)
    {
        List<TensorReference> left = [.. inputs.Where(input => !_values.ContainsKey(input))];
        FunctionArgument Value(FunctionArgument argument) => argument switch
        {
            InputArgument input => _values.TryGetValue(inputs[input.Index], out var value) ? value
                : FunctionArgument.Input(left.IndexOf(inputs[input.Index])),
            ListArgument list => FunctionArgument.List(list.Items.Select(Value)),
            _ => argument,
        };
        List<(string Name, FunctionArgument Value)> given = [.. function.Arguments.Select(pair => (pair.Key, Value(pair.Value)))];
        if (left.Count > 0)
            return (new(function.Function, function.Function == "Reshape" ? WithOneOpen(given, shapeOf(left[0]), function) : given)
            { Name = function.Name }, left);
        _values[new(layer, call, 0)] = Result(new(function.Function, given), layer);
        return null;
    }

    /// <summary>A new shape whose batch is open has no other open length: it is what is left of the input's.</summary>
    private static List<(string Name, FunctionArgument Value)> WithOneOpen(List<(string Name, FunctionArgument Value)> given, Shape input,
        TensorFunction function) => [.. given.Select(argument
            => argument.Value is ListArgument { Items: [NumberArgument { Value: -1 }, .. var rest] } && rest.Count(IsOpen) == 1
                ? (argument.Name, Closed(rest, input, function))
                : argument)];

    private static FunctionArgument Closed(IEnumerable<FunctionArgument> rest, Shape input, TensorFunction function)
    {
        var known = rest.Where(item => !IsOpen(item)).Aggregate(1L, (product, item) => product * Whole(item, function.Name ?? "reshape"));
        var all = new Shape(input.Axes.Skip(1)).Elements ?? throw Unknown(function.Name ?? "reshape");
        if (known == 0 || all % known != 0) throw Unknown(function.Name ?? "reshape");
        return FunctionArgument.List(rest.Select(item => IsOpen(item) ? (int)(all / known) : item).Prepend(-1));
    }

    private static FunctionArgument Result(TensorFunction function, string layer) => function.Function switch
    {
        "GetItem" when function.Argument("x") is ListArgument list => Item(list, function.Argument("key"), layer),
        "Stack" when function.Argument("x") is ListArgument list => list,
        "Concatenate" when function.Argument("xs") is ListArgument list
            => FunctionArgument.List(list.Items.SelectMany(item => item is ListArgument part ? [.. part.Items] : new[] { item })),
        "Copy" or "Cast" or "StopGradient" => function.Argument("x")!,
        "Add" => Of(function, layer, (a, b) => a + b),
        "Subtract" => Of(function, layer, (a, b) => a - b),
        "Multiply" => Of(function, layer, (a, b) => a * b),
        "FloorDivide" => Of(function, layer, (a, b) => b == 0 ? throw Unknown(layer) : (long)Math.Floor((double)a / b)),
        _ => throw Unknown(layer),
    };

    private static FunctionArgument Item(ListArgument list, FunctionArgument? key, string layer)
    {
        var part = key is ListArgument { Items: [var one] } ? one : key;
        if (part is NumberArgument number && (int)number.Value is var at && at < list.Items.Length && at >= -list.Items.Length)
            return list.Items[at < 0 ? at + list.Items.Length : at];
        if (part is not SliceArgument slice) throw Unknown(layer);
        var (start, length) = FunctionShapes.Range(slice, list.Items.Length);
        return FunctionArgument.List(Enumerable.Range(0, length).Select(i => list.Items[start + i * slice.Step]));
    }

    private static FunctionArgument Of(TensorFunction function, string layer, Func<long, long, long> compute)
    {
        var (a, b) = (Whole(function.Argument("x1"), layer), Whole(function.Argument("x2"), layer));
        return checked((int)compute(a, b));
    }

    private static long Whole(FunctionArgument? argument, string layer)
        => argument is NumberArgument number && !IsOpen(number) && double.IsInteger(number.Value)
            ? (long)number.Value
            : throw Unknown(layer);

    private static bool IsOpen(FunctionArgument argument) => argument is NumberArgument { Value: -1 };

    private static ModelFormatException Unknown(string layer) => new(new Fault(
        "unknown_argument",
        "A shape in a graph must be known when the description is read, but for the batch,",
        $"but what '{StrictJson.Printable(layer)}' computes of one is not.",
        "Give the input a fixed shape, or replace the call by a layer such as Reshape."));
}

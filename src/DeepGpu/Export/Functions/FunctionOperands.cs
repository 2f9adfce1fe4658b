using System.Collections.Immutable;
using DeepGpu.Models;
using DeepGpu.Models.Layers;

namespace DeepGpu.Export;

/// <summary>A function's operands as values of the graph, and its options.</summary>
internal sealed record FunctionOperands(TensorFunction Function, GraphWriter Graph, IReadOnlyList<ExportSignal> Inputs)
{
    public GraphValue X => Operand("x");

    public GraphValue Operand(string name) => Of(Function.Operand(name)!);

    /// <summary>Several operands, or all inputs.</summary>
    public IReadOnlyList<GraphValue> Operands(string name)
        => Function.Argument(name) is null ? [.. Inputs.Select(input => input.Tensor)] : [.. Listed(name).Select(Of)];

    /// <summary>Two operands of one type.</summary>
    public (GraphValue A, GraphValue B) Pair(string first = "x1", string second = "x2")
    {
        var (a, b) = (Operand(first), Operand(second));
        var type = Common(a, b);
        return (Graph.Cast(a, type), Graph.Cast(b, type));
    }

    public int Axis(int otherwise, int rank) => Axes.Resolve(Function.Integer("axis") ?? otherwise, rank);

    public IReadOnlyList<int> AxesOf(GraphValue x)
        => [.. (Function.Integers("axis") ?? Enumerable.Range(0, x.Rank)).Select(axis => Axes.Resolve(axis, x.Rank))];

    /// <summary>The real one of two types, else the wider whole one.</summary>
    public static DataType Common(GraphValue a, GraphValue b)
        => a.Type == b.Type ? a.Type
            : a.Type == DataType.Float32 || b.Type == DataType.Float32 ? DataType.Float32 : DataType.Int64;

    private ImmutableArray<FunctionArgument> Listed(string name) => Function.Argument(name) switch
    {
        null => [],
        ListArgument list when FunctionNumbers.Array(list) is null => list.Items,
        var one => [one],
    };

    private GraphValue Of(FunctionArgument argument) => argument switch
    {
        InputArgument input => Inputs[input.Index].Tensor,
        NumberArgument { IsWhole: true } whole => Graph.Number(whole.Value, DataType.Int64),
        NumberArgument number => Graph.Number(number.Value),
        FlagArgument flag => Graph.Number(flag.Value ? 1 : 0, DataType.Bool),
        ArrayArgument array => Array(array.Values),
        ListArgument list when FunctionNumbers.Array(list) is { } values => Array(values),
        _ => throw new ExportRefusal($"has an argument of {Function.Function} that ONNX cannot hold"),
    };

    private GraphValue Array(ConstantValue values) => values.Shape.IsEmpty ? Graph.Number(values.Numbers[0])
        : Graph.Floats(values.Numbers, [.. values.Shape]);
}

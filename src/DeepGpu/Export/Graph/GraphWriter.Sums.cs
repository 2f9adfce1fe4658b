using DeepGpu.Models;
using DeepGpu.Models.Shapes;

namespace DeepGpu.Export;

/// <content>Sums over axes, and products of matrices.</content>
internal sealed partial class GraphWriter
{
    private const int AxesAsInput = 18;

    /// <summary>ReduceMean, ReduceSum, ReduceMax and their like over axes.</summary>
    public GraphValue Reduce(string op, GraphValue x, IReadOnlyList<int> axes, bool keepsAxes = false)
    {
        var places = axes.Select(axis => Axes.Resolve(axis, x.Rank)).Order().ToList();
        if (Source(x) is { } source && Kept(source.Order, places, keepsAxes) is { } order)
            return Transpose(Reduce(op, source.Value, [.. places.Select(axis => source.Order[axis])], keepsAxes), order);
        var shape = new Shape(x.Shape.Axes.Select((length, axis) => places.Contains(axis) ? 1 : length)
            .Where((_, axis) => keepsAxes || !places.Contains(axis)));
        (string, object) keeps = ("keepdims", keepsAxes ? 1L : 0L);
        return Opset >= AxesAsInput || op == "ReduceSum" ? Emit(op, [x, Whole(places)], shape, x.Type, keeps)
            : Emit(op, [x], shape, x.Type, ("axes", places.Select(axis => (long)axis).ToArray()), keeps);
    }

    public GraphValue Mean(GraphValue x, IReadOnlyList<int> axes, bool keepsAxes = true) => Reduce("ReduceMean", x, axes, keepsAxes);

    public GraphValue Sum(GraphValue x, IReadOnlyList<int> axes, bool keepsAxes = true) => Reduce("ReduceSum", x, axes, keepsAxes);

    /// <summary>Whether any truth value along axes is true.</summary>
    public GraphValue Any(GraphValue x, IReadOnlyList<int> axes, bool keepsAxes = false)
        => Compare("Greater", Reduce("ReduceMax", Cast(x, DataType.Float32), axes, keepsAxes), 0);

    public GraphValue MatMul(GraphValue a, GraphValue b)
    {
        var batch = Broadcasting.OfOperands([new(a.Shape.Axes.Take(a.Rank - 2)), new(b.Shape.Axes.Take(b.Rank - 2))]);
        return Emit("MatMul", [a, b], new([.. batch.Axes, a.Shape[^2], b.Shape[^1]]), a.Type);
    }

    /// <summary>A product with a matrix (inputs, outputs), and a bias.</summary>
    public GraphValue Linear(GraphValue x, GraphValue kernel, GraphValue? bias)
    {
        if (x.Rank == 2 && bias is { Rank: 1 }) return Emit("Gemm", [x, kernel, bias], x.Shape.With(^1, kernel.Shape[^1]), x.Type);
        var product = MatMul(x, kernel);
        return bias is null ? product : Add(product, bias);
    }

    /// <summary>A product with a matrix (old length, new length) along one axis.</summary>
    public GraphValue Along(GraphValue x, int axis, GraphValue matrix) => Move(MatMul(Move(x, axis, -1), matrix), -1, axis);

    public GraphValue Einsum(string equation, IReadOnlyList<GraphValue> operands, Shape shape)
        => Emit("Einsum", [.. operands], shape, operands[0].Type, ("equation", equation));

    public GraphValue Softmax(GraphValue x, int axis, string op = "Softmax")
    {
        var place = Axes.Resolve(axis, x.Rank);
        if (Source(x) is { } source) return Transpose(Softmax(source.Value, source.Order[place], op), source.Order);
        return Emit(op, [x], x.Shape, x.Type, ("axis", (long)place));
    }

    public GraphValue CumulativeSum(GraphValue x, int axis)
        => Emit("CumSum", [x, Number(Axes.Resolve(axis, x.Rank), DataType.Int64)], x.Shape, x.Type);

    /// <summary>The largest of an axis, falling, and their places.</summary>
    public (GraphValue Values, GraphValue Places) TopK(GraphValue x, int axis, Dim count, bool largest = true)
    {
        var place = Axes.Resolve(axis, x.Rank);
        var shape = x.Shape.With(place, count.Known);
        var outputs = EmitAll("TopK", [x, Length(count)], [(shape, x.Type), (shape, DataType.Int64)], ("axis", (long)place),
            ("largest", largest ? 1L : 0L), ("sorted", 1L));
        return (outputs[0], outputs[1]);
    }

    /// <summary>0, 1, 2 ... along an axis of a value: a vector.</summary>
    public GraphValue Positions(Dim length, DataType type = DataType.Float32)
    {
        if (length.Known is { } n)
            return type == DataType.Int64 ? Whole(Enumerable.Range(0, n)) : Floats(Enumerable.Range(0, n).Select(i => (double)i));
        var range = Emit("Range", [Number(0, DataType.Int64), Squeeze(Length(length), 0), Number(1, DataType.Int64)], new((int?)null),
            DataType.Int64);
        return Cast(range, type);
    }

    /// <summary>The order of what is left where the axes of the source stay in line; null where they do not.</summary>
    private static int[]? Kept(int[] order, List<int> places, bool keepsAxes)
    {
        if (keepsAxes) return order;
        int[] left = [.. order.Where((_, axis) => !places.Contains(axis))];
        return left.SequenceEqual(left.Order()) ? [.. Enumerable.Range(0, left.Length)] : null;
    }
}

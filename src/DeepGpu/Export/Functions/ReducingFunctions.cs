using DeepGpu.Models;

namespace DeepGpu.Export;

/// <summary>Functions that reduce axes.</summary>
internal static class ReducingFunctions
{
    public static Dictionary<string, Func<FunctionOperands, GraphValue>> Rows => new()
    {
        ["Mean"] = call => Reduced(call, ElementFunctions.Float(call), "ReduceMean"),
        ["Sum"] = call => Reduced(call, Whole(call), "ReduceSum"),
        ["Prod"] = call => Reduced(call, Whole(call), "ReduceProd"),
        ["Max"] = call => Reduced(call, Whole(call), "ReduceMax"),
        ["Amax"] = call => Reduced(call, Whole(call), "ReduceMax"),
        ["Min"] = call => Reduced(call, Whole(call), "ReduceMin"),
        ["Amin"] = call => Reduced(call, Whole(call), "ReduceMin"),
        ["Var"] = Variance,
        ["Std"] = call => call.Graph.Unary("Sqrt", Variance(call)),
        ["Any"] = call => call.Graph.Any(Truth(call), call.AxesOf(call.X), Keeps(call)),
        ["All"] = call => call.Graph.Not(call.Graph.Any(call.Graph.Not(Truth(call)), call.AxesOf(call.X), Keeps(call))),
        ["CountNonzero"] = call => Reduced(call, call.Graph.Cast(Truth(call), DataType.Int64), "ReduceSum"),
        ["Median"] = Median,
        ["Logsumexp"] = call => Reduced(call, ElementFunctions.Float(call), "ReduceLogSumExp"),
        ["Norm"] = Norm,
        ["Normalize"] = Normalized,
        ["Argmax"] = call => Place(call, "ArgMax"),
        ["Argmin"] = call => Place(call, "ArgMin"),
    };

    private static bool Keeps(FunctionOperands call) => call.Function.Flag("keepdims");

    private static GraphValue Truth(FunctionOperands call) => call.Graph.Cast(call.X, DataType.Bool);

    /// <summary>Truth values as numbers.</summary>
    private static GraphValue Whole(FunctionOperands call)
        => call.X.Type == DataType.Bool ? call.Graph.Cast(call.X, DataType.Int64) : call.X;

    private static GraphValue Reduced(FunctionOperands call, GraphValue x, string op) => call.Graph.Reduce(op, x, call.AxesOf(x),
        Keeps(call));

    private static GraphValue Variance(FunctionOperands call)
    {
        var (g, x) = (call.Graph, ElementFunctions.Float(call));
        return Reduced(call, g.Square(g.Subtract(x, g.Mean(x, call.AxesOf(x)))), "ReduceMean");
    }

    private static GraphValue Median(FunctionOperands call)
    {
        var (g, x, axes) = (call.Graph, ElementFunctions.Float(call), call.AxesOf(call.X));
        int[] left = [.. Enumerable.Range(0, x.Rank).Except(axes)];
        var length = axes.Aggregate(1, (n, axis) => n * ExportContext.Known(x, axis, "a median"));
        var flat = g.Reshape(g.Transpose(x, [.. left, .. axes]), [.. left.Select(axis => Dim.Along(x, axis)), length]);
        var (sorted, _) = g.TopK(flat, -1, length, largest: false);
        var middle = g.Multiply(g.Add(g.Select(sorted, -1, (length - 1) / 2), g.Select(sorted, -1, length / 2)), 0.5);
        return Keeps(call) ? g.Unsqueeze(middle, [.. axes]) : middle;
    }

    private static GraphValue Norm(FunctionOperands call)
    {
        var order = call.Function.Argument("ord") switch
        {
            null or TextArgument { Value: "fro" or "euclidean" } => 2,
            TextArgument { Value: "inf" } => double.PositiveInfinity,
            _ => call.Function.Number("ord")!.Value,
        };
        return Norm(call.Graph, ElementFunctions.Float(call), order, call.AxesOf(call.X), Keeps(call));
    }

    private static GraphValue Normalized(FunctionOperands call)
    {
        var (g, x) = (call.Graph, ElementFunctions.Float(call));
        var axes = call.Function.Argument("axis") is null ? [x.Rank - 1] : call.AxesOf(x);
        var norm = Norm(g, x, call.Function.Number("order") ?? 2, axes, keeps: true);
        return g.Divide(x, g.Clip(norm, call.Function.Number("epsilon") ?? 1e-12, null));
    }

    private static GraphValue Norm(GraphWriter g, GraphValue x, double order, IReadOnlyList<int> axes, bool keeps) => order switch
    {
        2 => g.Unary("Sqrt", g.Sum(g.Square(x), axes, keeps)),
        1 => g.Sum(g.Unary("Abs", x), axes, keeps),
        double.PositiveInfinity => g.Reduce("ReduceMax", g.Unary("Abs", x), axes, keeps),
        double.NegativeInfinity => g.Reduce("ReduceMin", g.Unary("Abs", x), axes, keeps),
        0 => g.Sum(g.Cast(g.Cast(x, DataType.Bool), DataType.Float32), axes, keeps),
        _ => g.Binary("Pow", g.Sum(g.Binary("Pow", g.Unary("Abs", x), g.Number(order)), axes, keeps), g.Number(1 / order)),
    };

    private static GraphValue Place(FunctionOperands call, string op)
    {
        var (g, x) = (call.Graph, call.X);
        if (call.Function.Argument("axis") is not null) return Place(g, x, op, call.Axis(-1, x.Rank), Keeps(call));
        var place = Place(g, g.Reshape(x, new Dim((int?)x.Shape.Elements)), op, 0, keeps: false);
        return Keeps(call) ? g.Reshape(place, [.. Enumerable.Repeat((Dim)1, x.Rank)]) : place;
    }

    private static GraphValue Place(GraphWriter g, GraphValue x, string op, int axis, bool keeps)
    {
        var shape = keeps ? x.Shape.With(axis, 1) : new(x.Shape.Axes.RemoveAt(axis));
        return g.Emit(op, [x], shape, DataType.Int64, ("axis", (long)axis), ("keepdims", keeps ? 1L : 0L));
    }
}

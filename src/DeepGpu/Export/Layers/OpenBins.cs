namespace DeepGpu.Export;

/// <summary>Pooling of an axis of open length to a given number of bins: which places belong to which is computed by the graph.</summary>
internal static class OpenBins
{
    public static GraphValue Pool(GraphWriter g, GraphValue x, int axis, int count, bool isMaximum)
    {
        var last = g.Move(x, axis, -1);
        var (inside, lengths) = Members(g, last, count);
        var pooled = isMaximum
            ? g.Reduce("ReduceMax", g.Where(inside, g.Unsqueeze(last, -1), double.NegativeInfinity), [-2])
            : g.MatMul(last, g.Divide(g.Cast(inside, DataType.Float32), lengths));
        return g.Move(pooled, -1, axis);
    }

    /// <summary>Whether a place lies in a bin: (length, bins), and the bins' lengths. Bin i of n reaches from floor(i L / n) to
    /// ceil((i + 1) L / n).</summary>
    private static (GraphValue Inside, GraphValue Lengths) Members(GraphWriter g, GraphValue x, int count)
    {
        var length = g.Length(Dim.Along(x, -1));
        var bins = g.Whole(Enumerable.Range(0, count));
        var starts = g.Divide(g.Multiply(bins, length), count);
        var ends = g.Divide(g.Add(g.Multiply(g.Add(bins, 1), length), count - 1), count);
        var places = g.Unsqueeze(g.Positions(Dim.Along(x, -1), DataType.Int64), 1);
        var inside = g.And(g.Compare("GreaterOrEqual", places, starts), g.Compare("Less", places, ends));
        return (inside, g.Cast(g.Subtract(ends, starts), DataType.Float32));
    }
}

namespace DeepGpu.Models.Onnx;

/// <summary>Arithmetic of lengths of which some are not known (-1).</summary>
internal static class Dims
{
    /// <summary>The largest length of an axis.</summary>
    public const long Longest = int.MaxValue;

    /// <summary>A length computed from known ones; open where one of them is.</summary>
    public static long Of(Func<long> length, params ReadOnlySpan<long> from) => from.Contains(-1) ? -1 : length();

    /// <summary>The common shape of operands whose axes align at the end; null where a number of axes is not known.</summary>
    public static long[]? Broadcast(OperatorCall call, params IEnumerable<long[]?> shapes)
    {
        long[]? common = [];
        foreach (var shape in shapes)
        {
            if (shape is null) return null;
            common = Broadcast(call, common, shape);
        }

        return common;
    }

    /// <summary>The product of some lengths, -1 where one is open.</summary>
    public static long Product(IEnumerable<long> lengths)
        => lengths.Aggregate(1L, (product, length) => product < 0 || length < 0 ? -1 : checked(product * length));

    private static long[] Broadcast(OperatorCall call, long[] a, long[] b)
    {
        var rank = Math.Max(a.Length, b.Length);
        return [.. Enumerable.Range(0, rank).Select(axis => Common(call, At(a, axis - rank + a.Length), At(b, axis - rank + b.Length)))];
    }

    private static long At(long[] shape, int axis) => axis < 0 ? 1 : shape[axis];

    private static long Common(OperatorCall call, long a, long b) => (a, b) switch
    {
        (1, _) => b,
        (_, 1) => a,
        (-1, _) => b,
        (_, -1) => a,
        _ => a == b ? a : throw call.Misfit($"lengths that are equal or 1, not {a} and {b}"),
    };
}

using DeepGpu.Models;

namespace DeepGpu.Export;

/// <summary>What masks do.</summary>
internal static class MaskRules
{
    private const double Lowest = -1e30;

    /// <summary>A mask with axes of length 1 after its own, up to a rank.</summary>
    public static GraphValue Wide(GraphWriter g, GraphValue mask, int rank)
        => mask.Rank >= rank ? mask : g.Unsqueeze(mask, [.. Enumerable.Range(mask.Rank, rank - mask.Rank)]);

    /// <summary>Shares that add up to 1 among what is allowed.</summary>
    /// <param name="g">Takes the nodes.</param>
    /// <param name="scores">The scores.</param>
    /// <param name="allowed">Which count; null for all.</param>
    /// <param name="keepsEmpty">Whether what is not allowed keeps the share it is given where nothing is.</param>
    /// <param name="axes">Along which axes.</param>
    public static GraphValue Softmax(GraphWriter g, GraphValue scores, GraphValue? allowed, bool keepsEmpty, IReadOnlyList<int> axes)
    {
        if (allowed is null) return Softmax(g, scores, axes);
        var shares = Softmax(g, g.Where(allowed, scores, Lowest), axes);
        return keepsEmpty ? shares : g.Where(allowed, shares, 0);
    }

    public static GraphValue Softmax(GraphWriter g, GraphValue x, IReadOnlyList<int> axes, string op = "Softmax")
    {
        if (axes.Count == 1) return g.Softmax(x, axes[0], op);
        int[] joined = [.. axes.Select(axis => Axes.Resolve(axis, x.Rank))];
        int[] order = [.. Enumerable.Range(0, x.Rank).Except(joined), .. joined];
        var moved = g.Transpose(x, order);
        var flat = g.Reshape(moved, [.. Dim.AllOf(moved).Take(x.Rank - joined.Length), joined.All(axis => x.Shape[axis] is not null)
            ? joined.Aggregate(1, (n, axis) => n * x.Shape[axis]!.Value) : new Dim(null)]);
        var shares = g.Reshape(g.Softmax(flat, -1, op), Dim.AllOf(moved));
        return g.Transpose(shares, [.. Enumerable.Range(0, x.Rank).Select(axis => Array.IndexOf(order, axis))]);
    }

    /// <summary>A step counts where either input's does; null where an input has no mask.</summary>
    public static GraphValue? Either(GraphWriter g, IReadOnlyList<ExportSignal> inputs)
        => inputs.Any(input => input.Mask is null) ? null : inputs.Select(input => input.Mask!).Aggregate(g.Or);

    public static GraphValue? StepsOf(GraphValue? mask) => mask?.Rank == 2 ? mask : null;
}

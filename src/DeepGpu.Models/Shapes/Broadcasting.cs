namespace DeepGpu.Models;

/// <summary>The common shape of several: axes align at the end, and an axis of length 1, or one that is missing, repeats.</summary>
internal static class Broadcasting
{
    /// <summary>The common shape of an operation's operands, as in keras.ops: beside a known length an open one has that length.</summary>
    /// <exception cref="ShapeException">They have none.</exception>
    public static Shape OfOperands(IEnumerable<Shape> shapes)
        => shapes.Aggregate((left, right) => Common(left, right, staysOpen: false));

    /// <summary>The common shape of what a layer merges, as in Keras's merging layers: the batch, one for all, stays first, and an axis
    /// that is open in one input stays open.</summary>
    /// <exception cref="ShapeException">They have none.</exception>
    public static Shape OfMerged(IReadOnlyList<Shape> inputs)
    {
        var batches = inputs.Select(input => input[0]).OfType<int>().Distinct().ToList();
        if (batches.Count > 1) throw new ShapeException("inputs of one batch size", "Give every input as many samples.");
        var sample = inputs.Select(input => new Shape(input.Axes.Skip(1))).Aggregate((left, right) => Common(left, right, staysOpen: true));
        return new(sample.Axes.Prepend(batches.Count == 1 ? batches[0] : null));
    }

    private static Shape Common(Shape left, Shape right, bool staysOpen)
    {
        var rank = Math.Max(left.Rank, right.Rank);
        return new(Enumerable.Range(0, rank).Select(axis => Common(At(left, axis, rank), At(right, axis, rank), staysOpen)));
    }

    private static int? At(Shape shape, int axis, int rank) => axis >= rank - shape.Rank ? shape[axis - (rank - shape.Rank)] : 1;

    private static int? Common(int? left, int? right, bool staysOpen)
    {
        if (left == right || right == 1) return left;
        if (left == 1) return right;
        if (left is null || right is null) return staysOpen ? null : left ?? right;
        throw new ShapeException("inputs whose shapes broadcast to one another", "Make the lengths equal, or 1, on each axis.");
    }
}

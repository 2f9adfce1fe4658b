namespace DeepGpu.Models;

/// <summary>What layers that merge inputs element by element have in common.</summary>
[LayerInputs(LayerInputs.Several)]
public abstract record ElementwiseMerge : Layer
{
    private protected ElementwiseMerge()
    {
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Shape> OutputShapes(IReadOnlyList<Shape> inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        if (inputs.Count < 2) throw new ShapeException("at least two inputs", "Apply it to several values.");
        return [inputs.Aggregate(Broadcast)];
    }

    private static Shape Broadcast(Shape left, Shape right)
    {
        var rank = Math.Max(left.Rank, right.Rank);
        return new(Enumerable.Range(0, rank).Select(axis => Broadcast(At(left, axis, rank), At(right, axis, rank))));
    }

    /// <summary>The length on an axis of the common shape: the batch stays first, the other axes align at the end,
    /// as Keras aligns them.</summary>
    private static int? At(Shape shape, int axis, int rank)
    {
        if (axis == 0) return shape[0];
        var own = axis - (rank - shape.Rank);
        return own >= 1 ? shape[own] : 1;
    }

    private static int? Broadcast(int? left, int? right)
    {
        if (left == right || right == 1) return left;
        if (left == 1) return right;
        return left is null || right is null
            ? null
            : throw new ShapeException("inputs whose shapes broadcast to one another", "Make the lengths equal, or 1, on each axis.");
    }
}

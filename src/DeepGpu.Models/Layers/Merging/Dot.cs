namespace DeepGpu.Models;

/// <summary>Products of two inputs summed along one axis of each, sample by sample.</summary>
/// <remarks>Inputs (batch, ...) and (batch, ...), output the remaining axes of the first, then of the second; (batch, 1) if none remain.
/// Keras: https://keras.io/api/layers/merging_layers/dot/</remarks>
[LayerInputs(LayerInputs.Pair)]
public sealed record Dot : Layer
{
    /// <summary>Creates the layer.</summary>
    /// <param name="axes">The summed axis, of both inputs or of each.</param>
    public Dot(Axes axes) => Axes = axes;

    /// <summary>The summed axis, of both inputs or of each; the batch is 0 and may not be summed.</summary>
    public Axes Axes
    {
        get;
        init => field = value.Numbers.Length is 1 or 2 && !value.Numbers.Contains(0)
            ? value
            : throw Require.OutOfRange(nameof(Dot), nameof(Axes), "one or two axes, not the batch", value);
    }

    /// <summary>Whether both inputs are first scaled to length 1 along the summed axis, which gives cosines. Default false.</summary>
    public bool Normalize { get; init; }

    /// <summary>The summed axis of the first and of the second input, counted from 0.</summary>
    internal (int First, int Second) SummedAxes(int firstRank, int secondRank)
        => (Axes.Resolve(Axes.Numbers[0], firstRank), Axes.Resolve(Axes.Numbers[^1], secondRank));

    /// <inheritdoc/>
    public override IReadOnlyList<Shape> OutputShapes(IReadOnlyList<Shape> inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        if (inputs.Count != 2) throw new ShapeException("exactly two inputs", "Apply it to two values.");
        var (first, second) = SummedAxes(inputs[0].Rank, inputs[1].Rank);
        if (first == 0 || second == 0) throw new ShapeException("summed axes after the batch", "Name other axes.");
        if (inputs[0][first] is { } a && inputs[1][second] is { } b && a != b)
            throw new ShapeException($"equal lengths on the summed axes, not {a} and {b}", "Name other axes, or change the inputs.");
        int?[] rest = [.. inputs[0].Axes.RemoveAt(first), .. inputs[1].Axes.RemoveAt(second).Skip(1)];
        return [rest.Length == 1 ? new(rest[0], 1) : new(rest)];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Operation> Operations(string name, IReadOnlyList<Shape> inputs)
    {
        var summed = inputs[0][SummedAxes(inputs[0].Rank, inputs[1].Rank).First] ?? 1;
        return [Work.MultiplyAdds(name, OperationKind.Attention, (double)OutputShapes(inputs)[0].Elements!.Value * summed, this, inputs)];
    }
}

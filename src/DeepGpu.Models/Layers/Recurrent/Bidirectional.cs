namespace DeepGpu.Models;

/// <summary>How the outputs of both directions become one.</summary>
public enum MergeMode
{
    /// <summary>Joined along the last axis.</summary>
    Concat,

    /// <summary>Added.</summary>
    Sum,

    /// <summary>Multiplied.</summary>
    Mul,

    /// <summary>Averaged.</summary>
    Ave,
}

/// <summary>Runs a recurrent layer forwards and another backwards along time. Schuster and Paliwal, 1997.</summary>
/// <remarks>Outputs: the merged output (or both, without a merge), then the forward and the backward states if the layer returns states.
/// Keras: https://keras.io/api/layers/recurrent_layers/bidirectional/</remarks>
[LayerInputs(LayerInputs.One)]
public sealed record Bidirectional : Layer
{
    /// <summary>Creates the layer.</summary>
    /// <param name="layer">What runs forwards; runs backwards too unless another layer is given.</param>
    public Bidirectional(SequenceLayer layer)
    {
        ArgumentNullException.ThrowIfNull(layer);
        Layer = layer;
    }

    /// <summary>What runs forwards.</summary>
    public SequenceLayer Layer { get; init; }

    /// <summary>What runs backwards; null for the same options as forwards.</summary>
    public SequenceLayer? BackwardLayer { get; init; }

    /// <summary>How both outputs become one; null yields both. Default joined.</summary>
    public MergeMode? MergeMode { get; init; } = Models.MergeMode.Concat;

    /// <summary>What runs forwards, as it is run: in a sequence masked steps give 0, so that both directions agree on them.</summary>
    internal SequenceLayer Forward => Layer with { ZeroOutputForMask = Layer.ReturnSequences };

    /// <summary>What runs backwards, as it is run.</summary>
    internal SequenceLayer Backward
        => (BackwardLayer ?? Layer with { GoBackwards = !Layer.GoBackwards }) with { ZeroOutputForMask = Layer.ReturnSequences };

    /// <inheritdoc/>
    protected internal override int OutputCount => (MergeMode is null ? 2 : 1) + (Layer.ReturnState ? 2 * Layer.StepCell.StateCount : 0);

    /// <inheritdoc/>
    public override IReadOnlyList<Shape> OutputShapes(IReadOnlyList<Shape> inputs)
    {
        if (!IsPair(Layer, Backward))
            throw new ShapeException("a backward layer that runs the other way and returns as the forward one does",
                "Give both the same ReturnSequences, ReturnState and Stateful, and the opposite GoBackwards.");
        var (forwardInputs, backwardInputs) = Split(inputs);
        var (forward, backward) = (Forward.OutputShapes(forwardInputs), Backward.OutputShapes(backwardInputs));
        IEnumerable<Shape> outputs = MergeMode is { } mode ? [Merge(forward[0], backward[0], mode)] : [forward[0], backward[0]];
        return [.. outputs, .. forward.Skip(1), .. backward.Skip(1)];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<WeightSpec> Weights(IReadOnlyList<Shape> inputs)
    {
        var (forward, backward) = Split(inputs);
        return [.. Forward.Weights(forward).Select(w => w.Inside("forward_layer", Layer.Trainable)),
            .. Backward.Weights(backward).Select(w => w.Inside("backward_layer", Backward.Trainable))];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Operation> Operations(string name, IReadOnlyList<Shape> inputs)
    {
        var (forward, backward) = Split(inputs);
        return [.. Forward.Operations(name, forward), .. Backward.Operations(name, backward)];
    }

    /// <summary>The sequence goes to both directions, the first half of the states forwards and the second backwards.</summary>
    internal static (IReadOnlyList<T> Forward, IReadOnlyList<T> Backward) Split<T>(IReadOnlyList<T> inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        var half = (inputs.Count - 1) / 2;
        return ([.. inputs.Take(1 + half)], [inputs[0], .. inputs.Skip(1 + half)]);
    }

    private static bool IsPair(SequenceLayer forward, SequenceLayer backward)
        => forward.GoBackwards != backward.GoBackwards && (forward.ReturnSequences, forward.ReturnState,
            forward.Stateful) == (backward.ReturnSequences, backward.ReturnState, backward.Stateful);

    private static Shape Merge(Shape forward, Shape backward, MergeMode mode) => mode == Models.MergeMode.Concat
        ? forward.With(^1, forward[^1] + backward[^1])
        : forward.Equals(backward) ? forward
        : throw new ShapeException("both directions to yield the same shape", "Give both layers the same units, or merge by joining.");
}

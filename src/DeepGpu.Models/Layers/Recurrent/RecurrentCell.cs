using DeepGpu.Models.Shapes;

namespace DeepGpu.Models;

/// <summary>One step of a recurrent layer: from an input and states to an output and new states.</summary>
/// <remarks>Applied by itself it takes [input, states...] and yields [output, states...].</remarks>
public abstract record RecurrentCell : Layer
{
    private protected RecurrentCell()
    {
    }

    /// <summary>The shapes of the states, the batch first.</summary>
    /// <param name="step">The shape of one step's input, the batch first.</param>
    public abstract IReadOnlyList<Shape> StateShapes(Shape step);

    /// <summary>The weights, given the shape of one step's input.</summary>
    /// <param name="step">The shape of one step's input, the batch first.</param>
    public abstract IReadOnlyList<WeightSpec> CellWeights(Shape step);

    /// <summary>How many states there are.</summary>
    internal abstract int StateCount { get; }

    /// <summary>What the axes of a sequence of steps are called.</summary>
    internal virtual AxisNames SequenceAxes => new("batch", "time", "features");

    /// <summary>The output's shape: that of the first state (of the last inner cell's, for stacked cells).</summary>
    internal virtual Shape StepOutput(Shape step) => StateShapes(step)[0];

    /// <summary>Multiply-adds of one step.</summary>
    internal abstract double MultiplyAdds(Shape step);

    /// <summary>The recurrences it consists of, one after another in a step, each with its cell and the shape of its step's input;
    /// none where it is no plain recurrence of units.</summary>
    internal virtual IEnumerable<(Recurrence Shape, RecurrentCell Cell, Shape Input)> Recurrences(Shape step) => [];

    /// <inheritdoc/>
    protected internal override int OutputCount => 1 + StateCount;

    /// <inheritdoc/>
    public override IReadOnlyList<Shape> OutputShapes(IReadOnlyList<Shape> inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        if (inputs.Count != 1 + StateCount)
            throw new ShapeException($"an input and {StateCount} states", "Pass the states after the input.");
        CheckStates(inputs[0], inputs.Skip(1));
        return [StepOutput(inputs[0]), .. StateShapes(inputs[0])];
    }

    /// <summary>Checks states that are given against those the cell keeps.</summary>
    /// <exception cref="ShapeException">One has another shape.</exception>
    internal void CheckStates(Shape step, IEnumerable<Shape> given)
    {
        foreach (var (state, own) in given.Zip(StateShapes(step)))
        {
            if (!state.Fits(own)) throw new ShapeException($"a state of shape {own}, not {state}", "Pass states of the cell's own size.");
        }
    }

    /// <inheritdoc/>
    public override IReadOnlyList<WeightSpec> Weights(IReadOnlyList<Shape> inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        return CellWeights(inputs[0]);
    }
}

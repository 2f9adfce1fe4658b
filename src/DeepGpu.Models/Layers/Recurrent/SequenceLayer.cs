using DeepGpu.Models.Layers;
using DeepGpu.Models.Registry;

namespace DeepGpu.Models;

/// <summary>What layers that run a cell along time have in common.</summary>
/// <remarks>Input (batch, time, ...), optionally followed by initial states; output (batch, ...) or, with
/// <see cref="ReturnSequences"/>, (batch, time, ...); then the last states with <see cref="ReturnState"/>. A step that a mask marks
/// as padding repeats the output before it and keeps the states.</remarks>
[LayerInputs(LayerInputs.One)]
public abstract record SequenceLayer : Layer
{
    private protected SequenceLayer()
    {
    }

    /// <summary>Whether every step's output is yielded instead of the last. Default false.</summary>
    public bool ReturnSequences { get; init; }

    /// <summary>Whether the last states are yielded as further outputs. Default false.</summary>
    public bool ReturnState { get; init; }

    /// <summary>Whether time runs backwards; the outputs come in that order. Default false.</summary>
    public bool GoBackwards { get; init; }

    /// <summary>Whether states are kept from one batch to the next, until they are reset. Default false.</summary>
    public bool Stateful { get; init; }

    /// <summary>Whether a masked step's output is 0 instead of the one before it. Default false.</summary>
    public bool ZeroOutputForMask { get; init; }

    /// <summary>What is done at each step.</summary>
    internal abstract RecurrentCell StepCell { get; }

    /// <inheritdoc/>
    protected internal override int OutputCount => ReturnState ? 1 + StepCell.StateCount : 1;

    /// <inheritdoc/>
    public override IReadOnlyList<Shape> OutputShapes(IReadOnlyList<Shape> inputs)
    {
        var step = Step(inputs);
        StepCell.CheckStates(step, inputs.Skip(1));
        var output = StepCell.StepOutput(step);
        if (ReturnSequences) output = new([output[0], inputs[0][1], .. output.Axes.Skip(1)]);
        StepCell.CellWeights(step);
        return ReturnState ? [output, .. StepCell.StateShapes(step)] : [output];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<WeightSpec> Weights(IReadOnlyList<Shape> inputs)
        => [.. StepCell.CellWeights(Step(inputs)).Select(weight => weight.Inside("cell", StepCell.Trainable))];

    /// <inheritdoc/>
    public override IReadOnlyList<Operation> Operations(string name, IReadOnlyList<Shape> inputs)
    {
        var steps = Steps(inputs[0]);
        List<Operation> operations = [.. StepCell.Recurrences(Step(inputs))
            .Select(part => Work.Recurrent(name, steps, part.Shape, part.Cell, part.Input))];
        var whole = Work.MultiplyAdds(name, OperationKind.Recurrent, steps * StepCell.MultiplyAdds(Step(inputs)), this, inputs) with
        {
            SequentialSteps = steps
        };
        return operations.Count == 0 ? [whole] : [.. operations.SkipLast(1), operations[^1] with { OutputElements = whole.OutputElements }];
    }

    /// <summary>How many steps a sequence has.</summary>
    /// <exception cref="ShapeException">It is open.</exception>
    internal static int Steps(Shape input)
        => input[1] ?? throw new ShapeException("a known number of time steps", "Name it with timeSteps.");

    /// <summary>The shape of one step's input.</summary>
    internal Shape Step(IReadOnlyList<Shape> inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        if (inputs.Count != 1 && inputs.Count != 1 + StepCell.StateCount)
            throw new ShapeException($"a sequence, and no or {StepCell.StateCount} initial states",
                "Pass all states after the sequence, or none.");
        var axes = StepCell.SequenceAxes;
        return inputs[0].Rank == axes.Count ? new(inputs[0].Axes.RemoveAt(1)) : throw new ShapeException(
            $"an input of {axes.Count} axes ({axes})",
            $"Give the model an input of shape ({axes.OfSample}), or add an Embedding or Reshape before it.");
    }
}

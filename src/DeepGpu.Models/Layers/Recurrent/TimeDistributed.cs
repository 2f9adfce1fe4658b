namespace DeepGpu.Models;

/// <summary>Applies one layer to every time step by itself.</summary>
/// <remarks>Input (batch, time, ...), output (batch, time, the layer's output).
/// Keras: https://keras.io/api/layers/recurrent_layers/time_distributed/</remarks>
public sealed record TimeDistributed : WrapperLayer
{
    /// <summary>Creates the layer.</summary>
    /// <param name="layer">What is applied to each step.</param>
    public TimeDistributed(Layer layer)
        : base(layer)
    {
    }

    /// <inheritdoc/>
    public override Shape OutputShape(Shape input)
    {
        var output = Layer.OutputShapes([Step(input)])[0];
        return new([input[0], input[1], .. output.Axes.Skip(1)]);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<WeightSpec> Weights(Shape input)
        => [.. Layer.Weights([Step(input)]).Select(weight => weight.Inside("layer", Layer.Trainable))];

    /// <inheritdoc/>
    public override IReadOnlyList<Operation> Operations(string name, IReadOnlyList<Shape> inputs)
    {
        var steps = SequenceLayer.Steps(inputs[0]);
        return Layer.Operations(name, [Step(inputs[0]).With(0, inputs[0][0] * steps)]);
    }

    /// <summary>The shape of one step.</summary>
    internal static Shape Step(Shape input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return input.Rank >= 3
            ? new(input.Axes.RemoveAt(1))
            : throw new ShapeException("an input of at least 3 axes (batch, time, ...)", "Give the model an input of shape (time, ...).");
    }
}

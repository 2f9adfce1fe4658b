namespace DeepGpu.Models;

/// <summary>Applies one layer to every time step by itself.</summary>
/// <remarks>Input (batch, time, ...), output (batch, time, the layer's output).
/// Keras: https://keras.io/api/layers/recurrent_layers/time_distributed/</remarks>
public sealed record TimeDistributed : UnaryLayer
{
    /// <summary>Makes the layer.</summary>
    /// <param name="layer">What is applied to each step.</param>
    public TimeDistributed(Layer layer)
    {
        ArgumentNullException.ThrowIfNull(layer);
        Layer = layer;
    }

    /// <summary>What is applied to each step: a layer with one output.</summary>
    public Layer Layer
    {
        get;
        init => field = value is { OutputCount: 1 }
            ? value
            : throw Require.OutOfRange(nameof(TimeDistributed), nameof(Layer), "a layer with one output", value?.ClassName);
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
        var steps = inputs[0][1] ?? throw new ShapeException("a known number of time steps", "Name it with timeSteps.");
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

namespace DeepGpu.Models;

/// <summary>Divides by the root of the mean square along an axis and scales. Zhang and Sennrich, 2019.</summary>
/// <remarks>Output shape = input shape. Keras: https://keras.io/api/layers/normalization_layers/rms_normalization/</remarks>
public sealed record RMSNormalization : UnaryLayer
{
    /// <summary>The axes the mean is taken over. Default the last.</summary>
    public Axes Axis { get; init; } = -1;

    /// <summary>Added to the mean square. Default 1e-6.</summary>
    public double Epsilon { get; init => field = Require.AtLeast(value, 0, nameof(RMSNormalization), nameof(Epsilon)); } = 1e-6;

    /// <inheritdoc/>
    public override Shape OutputShape(Shape input)
    {
        NormalizedShape(input);
        return input;
    }

    /// <inheritdoc/>
    public override IReadOnlyList<WeightSpec> Weights(Shape input) => [new("scale", [.. NormalizedShape(input)], Initializer.Ones)];

    /// <inheritdoc/>
    public override IReadOnlyList<Operation> Operations(string name, IReadOnlyList<Shape> inputs)
        => [Work.Normalization(name, inputs[0], Weights(inputs[0]), forwardPasses: 2, backwardPasses: 4)];

    private int[] NormalizedShape(Shape input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return [.. Axis.In(input.Rank).Select(axis =>
            input[axis] ?? throw new ShapeException($"a known length on axis {axis}", "Give the model's input a full shape."))];
    }
}

using DeepGpu.Models.Layers;

namespace DeepGpu.Models;

/// <summary>Divides by the root of the mean square along some axes and scales. Zhang and Sennrich, 2019.</summary>
/// <remarks>Output shape = input shape. Keras: https://keras.io/api/layers/normalization_layers/rms_normalization/</remarks>
public sealed record RMSNormalization : AxesLayer
{
    /// <summary>Added to the mean square. Default 1e-6.</summary>
    public double Epsilon { get; init => field = Require.AtLeast(value, 0, nameof(RMSNormalization), nameof(Epsilon)); } = 1e-6;

    /// <inheritdoc/>
    public override Shape OutputShape(Shape input)
    {
        Axis.KnownIn(input);
        return input;
    }

    /// <inheritdoc/>
    public override IReadOnlyList<WeightSpec> Weights(Shape input) => [new("scale", [.. Axis.KnownIn(input)], Initializer.Ones)];

    /// <inheritdoc/>
    public override IReadOnlyList<Operation> Operations(string name, IReadOnlyList<Shape> inputs)
        => [Work.Normalization(name, this, inputs[0])];
}

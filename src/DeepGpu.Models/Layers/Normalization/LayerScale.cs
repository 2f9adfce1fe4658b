namespace DeepGpu.Models;

/// <summary>Multiplies each channel by a learned factor that starts small. Touvron et al., 2021; used by ConvNeXt.</summary>
/// <remarks>Output shape = input shape.</remarks>
public sealed record LayerScale : UnaryLayer
{
    /// <summary>Creates the layer.</summary>
    /// <param name="initValues">Where the factors start. Keras's ConvNeXt: 1e-6.</param>
    public LayerScale(double initValues = 1e-6) => InitValues = initValues;

    /// <summary>Where the factors start, finite. Default 1e-6.</summary>
    public double InitValues { get; init => field = Require.Finite(value, nameof(LayerScale), nameof(InitValues)); }

    /// <inheritdoc/>
    public override Shape OutputShape(Shape input) => input;

    /// <inheritdoc/>
    public override IReadOnlyList<WeightSpec> Weights(Shape input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var channels = input[^1] ?? throw new ShapeException("an input whose channels are known", "Give the model's input a full shape.");
        return [new("gamma", [channels], new Constant(InitValues))];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Operation> Operations(string name, IReadOnlyList<Shape> inputs)
        => [Work.Scaling(name, this, inputs[0])];
}

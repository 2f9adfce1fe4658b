using DeepGpu.Models.Registry;

namespace DeepGpu.Models;

/// <summary>The first input minus the second.</summary>
/// <remarks>Keras: https://keras.io/api/layers/merging_layers/subtract/</remarks>
[LayerInputs(LayerInputs.Pair)]
public sealed record Subtract : ElementwiseMerge
{
    /// <inheritdoc/>
    public override IReadOnlyList<Shape> OutputShapes(IReadOnlyList<Shape> inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        return inputs.Count == 2
            ? base.OutputShapes(inputs)
            : throw new ShapeException("exactly two inputs", "Subtract two values at a time.");
    }
}

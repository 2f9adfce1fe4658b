using DeepGpu.Models.Layers;

namespace DeepGpu.Models;

/// <summary>Scales each sample to Euclidean length 1 along some axes.</summary>
/// <remarks>Output shape = input shape. Keras: https://keras.io/api/layers/normalization_layers/unit_normalization/</remarks>
public sealed record UnitNormalization : AxesLayer
{
    /// <inheritdoc/>
    public override IReadOnlyList<Operation> Operations(string name, IReadOnlyList<Shape> inputs)
        => [Work.Of(name, OperationKind.Normalization, inputs, inputs)];
}

using DeepGpu.Models.Layers;

namespace DeepGpu.Models;

/// <summary>e^x over its sum along some axes; masked positions get 0.</summary>
/// <remarks>Output shape = input shape. Keras: https://keras.io/api/layers/activation_layers/softmax/</remarks>
public sealed record Softmax : AxesLayer
{
    /// <inheritdoc/>
    public override IReadOnlyList<Operation> Operations(string name, IReadOnlyList<Shape> inputs) => [Work.Softmax(name, inputs[0])];
}

using DeepGpu.Models.Layers;

namespace DeepGpu.Models;

/// <summary>What layers have in common that draw a random number for each element, or each part, of their input while training.</summary>
/// <remarks>Output shape = input shape; outside of training the input itself.</remarks>
public abstract record NoiseLayer : UnaryLayer
{
    private protected NoiseLayer()
    {
    }

    /// <inheritdoc/>
    public override Shape OutputShape(Shape input) => input;

    /// <inheritdoc/>
    protected internal sealed override bool ActsInTrainingOnly => true;

    /// <inheritdoc/>
    public override IReadOnlyList<Operation> Operations(string name, IReadOnlyList<Shape> inputs) => [Work.Dropout(name, inputs[0])];
}

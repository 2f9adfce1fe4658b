using DeepGpu.Models.Layers;

namespace DeepGpu.Models;

/// <summary>What activation layers without weights have in common that bend at one place.</summary>
/// <remarks>Output shape = input shape.</remarks>
public abstract record RectifierLayer : UnaryLayer
{
    private protected RectifierLayer()
    {
    }

    /// <summary>Whether the output has a largest value.</summary>
    private protected virtual bool IsCutOff => false;

    /// <inheritdoc/>
    public sealed override Shape OutputShape(Shape input) => input;

    /// <inheritdoc/>
    public sealed override IReadOnlyList<Operation> Operations(string name, IReadOnlyList<Shape> inputs)
        => [Work.Rectifier(name, inputs[0], IsCutOff)];
}

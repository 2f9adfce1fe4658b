using DeepGpu.Models.Layers;

namespace DeepGpu.Models;

/// <summary>What all pooling along 1, 2 or 3 axes has in common.</summary>
public abstract record PoolingLayer : UnaryLayer
{
    private protected PoolingLayer(int spatial) => Spatial = spatial;

    /// <summary>The number of spatial axes.</summary>
    internal int Spatial { get; }

    /// <summary>Whether the place of each maximum is kept for the backward pass.</summary>
    private protected virtual bool TakesMaximum => false;

    /// <inheritdoc/>
    public sealed override IReadOnlyList<Operation> Operations(string name, IReadOnlyList<Shape> inputs)
        => [Work.Pooling(name, inputs[0], OutputShape(inputs[0]), TakesMaximum)];
}

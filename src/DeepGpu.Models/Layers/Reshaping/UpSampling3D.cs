namespace DeepGpu.Models;

/// <summary>Repeats each position along depth, height and width.</summary>
/// <remarks>Input (batch, depth, height, width, channels), output (batch, new depth, new height, new width, channels).
/// Keras: https://keras.io/api/layers/reshaping_layers/up_sampling3d/</remarks>
public sealed record UpSampling3D : UpSampling
{
    /// <summary>Makes the layer.</summary>
    /// <param name="size">How often each position is repeated, at least 1. Default 2.</param>
    public UpSampling3D(Extent size = default)
        : base(spatial: 3, size)
    {
    }
}

namespace DeepGpu.Models;

/// <summary>Repeats each position along time.</summary>
/// <remarks>Input (batch, steps, channels), output (batch, new steps, channels).
/// Keras: https://keras.io/api/layers/reshaping_layers/up_sampling1d/</remarks>
public sealed record UpSampling1D : UpSampling
{
    /// <summary>Makes the layer.</summary>
    /// <param name="size">How often each position is repeated, at least 1. Default 2.</param>
    public UpSampling1D(Extent size = default)
        : base(spatial: 1, size)
    {
    }
}

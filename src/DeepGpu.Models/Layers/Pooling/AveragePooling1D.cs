namespace DeepGpu.Models;

/// <summary>The mean value of each window along time, channel by channel.</summary>
/// <remarks>Input (batch, steps, channels), output (batch, new steps, channels).
/// Keras: https://keras.io/api/layers/pooling_layers/average_pooling1d/</remarks>
public sealed record AveragePooling1D : WindowPooling
{
    /// <summary>Makes the layer.</summary>
    /// <param name="poolSize">The window's length, at least 1. Default 2.</param>
    public AveragePooling1D(Extent poolSize = default)
        : base(spatial: 1, poolSize)
    {
    }
}

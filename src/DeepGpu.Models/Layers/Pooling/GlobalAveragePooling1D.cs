namespace DeepGpu.Models;

/// <summary>The mean value of each channel over steps.</summary>
/// <remarks>Input (batch, steps, channels), output (batch, channels).
/// Keras: https://keras.io/api/layers/pooling_layers/global_average_pooling1d/</remarks>
public sealed record GlobalAveragePooling1D : GlobalPooling
{
    /// <summary>Makes the layer.</summary>
    public GlobalAveragePooling1D()
        : base(spatial: 1)
    {
    }
}

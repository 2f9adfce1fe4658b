namespace DeepGpu.Models;

/// <summary>The mean value of each channel over height and width.</summary>
/// <remarks>Input (batch, height, width, channels), output (batch, channels).
/// Keras: https://keras.io/api/layers/pooling_layers/global_average_pooling2d/</remarks>
public sealed record GlobalAveragePooling2D : GlobalPooling
{
    /// <summary>Makes the layer.</summary>
    public GlobalAveragePooling2D()
        : base(spatial: 2)
    {
    }
}

namespace DeepGpu.Models;

/// <summary>The mean value of each channel over depth, height and width.</summary>
/// <remarks>Input (batch, depth, height, width, channels), output (batch, channels).
/// Keras: https://keras.io/api/layers/pooling_layers/global_average_pooling3d/</remarks>
public sealed record GlobalAveragePooling3D : GlobalPooling
{
    /// <summary>Makes the layer.</summary>
    public GlobalAveragePooling3D()
        : base(spatial: 3)
    {
    }
}

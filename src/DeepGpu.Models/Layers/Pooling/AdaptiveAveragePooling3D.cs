namespace DeepGpu.Models;

/// <summary>The mean value of each of a fixed number of windows along depth, height and width, channel by channel.</summary>
/// <remarks>Input (batch, depth, height, width, channels), output (batch, output size, channels).
/// Keras: https://keras.io/api/layers/pooling_layers/adaptive_average_pooling3d/</remarks>
public sealed record AdaptiveAveragePooling3D : AdaptivePooling
{
    /// <summary>Makes the layer.</summary>
    /// <param name="outputSize">The output's lengths, at least 1.</param>
    public AdaptiveAveragePooling3D(Extent outputSize)
        : base(spatial: 3, outputSize)
    {
    }
}

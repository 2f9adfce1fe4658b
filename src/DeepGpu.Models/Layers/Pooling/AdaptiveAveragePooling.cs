namespace DeepGpu.Models;

/// <summary>The mean value of each of a fixed number of windows along time, channel by channel.</summary>
/// <remarks>Input (batch, steps, channels), output (batch, output size, channels).
/// Keras: https://keras.io/api/layers/pooling_layers/adaptive_average_pooling1d/</remarks>
public sealed record AdaptiveAveragePooling1D : AdaptivePooling
{
    /// <summary>Creates the layer.</summary>
    /// <param name="outputSize">The output's length, at least 1.</param>
    public AdaptiveAveragePooling1D(Extent outputSize)
        : base(spatial: 1, outputSize)
    {
    }
}

/// <summary>The mean value of each of a fixed number of windows along height and width, channel by channel.</summary>
/// <remarks>Input (batch, height, width, channels), output (batch, output size, channels).
/// Keras: https://keras.io/api/layers/pooling_layers/adaptive_average_pooling2d/</remarks>
public sealed record AdaptiveAveragePooling2D : AdaptivePooling
{
    /// <summary>Creates the layer.</summary>
    /// <param name="outputSize">The output's lengths, at least 1.</param>
    public AdaptiveAveragePooling2D(Extent outputSize)
        : base(spatial: 2, outputSize)
    {
    }
}

/// <summary>The mean value of each of a fixed number of windows along depth, height and width, channel by channel.</summary>
/// <remarks>Input (batch, depth, height, width, channels), output (batch, output size, channels).
/// Keras: https://keras.io/api/layers/pooling_layers/adaptive_average_pooling3d/</remarks>
public sealed record AdaptiveAveragePooling3D : AdaptivePooling
{
    /// <summary>Creates the layer.</summary>
    /// <param name="outputSize">The output's lengths, at least 1.</param>
    public AdaptiveAveragePooling3D(Extent outputSize)
        : base(spatial: 3, outputSize)
    {
    }
}

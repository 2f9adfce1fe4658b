namespace DeepGpu.Models;

/// <summary>The mean value of each window along time, channel by channel.</summary>
/// <remarks>Input (batch, steps, channels), output (batch, new steps, channels).
/// Keras: https://keras.io/api/layers/pooling_layers/average_pooling1d/</remarks>
public sealed record AveragePooling1D : WindowPooling
{
    /// <summary>Creates the layer.</summary>
    /// <param name="poolSize">The window's length, at least 1. Default 2.</param>
    public AveragePooling1D(Extent poolSize = default)
        : base(spatial: 1, poolSize)
    {
    }
}

/// <summary>The mean value of each window along height and width, channel by channel.</summary>
/// <remarks>Input (batch, height, width, channels), output (batch, new height, new width, channels).
/// Keras: https://keras.io/api/layers/pooling_layers/average_pooling2d/</remarks>
public sealed record AveragePooling2D : WindowPooling
{
    /// <summary>Creates the layer.</summary>
    /// <param name="poolSize">The window's lengths, at least 1. Default 2.</param>
    public AveragePooling2D(Extent poolSize = default)
        : base(spatial: 2, poolSize)
    {
    }
}

/// <summary>The mean value of each window along depth, height and width, channel by channel.</summary>
/// <remarks>Input (batch, depth, height, width, channels), output (batch, new depth, new height, new width, channels).
/// Keras: https://keras.io/api/layers/pooling_layers/average_pooling3d/</remarks>
public sealed record AveragePooling3D : WindowPooling
{
    /// <summary>Creates the layer.</summary>
    /// <param name="poolSize">The window's lengths, at least 1. Default 2.</param>
    public AveragePooling3D(Extent poolSize = default)
        : base(spatial: 3, poolSize)
    {
    }
}

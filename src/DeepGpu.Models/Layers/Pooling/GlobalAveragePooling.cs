namespace DeepGpu.Models;

/// <summary>The mean value of each channel over steps.</summary>
/// <remarks>Input (batch, steps, channels), output (batch, channels).
/// Keras: https://keras.io/api/layers/pooling_layers/global_average_pooling1d/</remarks>
public sealed record GlobalAveragePooling1D : GlobalPooling
{
    /// <summary>Creates the layer.</summary>
    public GlobalAveragePooling1D()
        : base(spatial: 1)
    {
    }
}

/// <summary>The mean value of each channel over height and width.</summary>
/// <remarks>Input (batch, height, width, channels), output (batch, channels).
/// Keras: https://keras.io/api/layers/pooling_layers/global_average_pooling2d/</remarks>
public sealed record GlobalAveragePooling2D : GlobalPooling
{
    /// <summary>Creates the layer.</summary>
    public GlobalAveragePooling2D()
        : base(spatial: 2)
    {
    }
}

/// <summary>The mean value of each channel over depth, height and width.</summary>
/// <remarks>Input (batch, depth, height, width, channels), output (batch, channels).
/// Keras: https://keras.io/api/layers/pooling_layers/global_average_pooling3d/</remarks>
public sealed record GlobalAveragePooling3D : GlobalPooling
{
    /// <summary>Creates the layer.</summary>
    public GlobalAveragePooling3D()
        : base(spatial: 3)
    {
    }
}

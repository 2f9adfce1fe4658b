namespace DeepGpu.Models;

/// <summary>The largest value of each channel over steps.</summary>
/// <remarks>Input (batch, steps, channels), output (batch, channels).
/// Keras: https://keras.io/api/layers/pooling_layers/global_max_pooling1d/</remarks>
public sealed record GlobalMaxPooling1D : GlobalPooling
{
    /// <summary>Creates the layer.</summary>
    public GlobalMaxPooling1D()
        : base(spatial: 1)
    {
    }

    private protected override bool TakesMaximum => true;
}

/// <summary>The largest value of each channel over height and width.</summary>
/// <remarks>Input (batch, height, width, channels), output (batch, channels).
/// Keras: https://keras.io/api/layers/pooling_layers/global_max_pooling2d/</remarks>
public sealed record GlobalMaxPooling2D : GlobalPooling
{
    /// <summary>Creates the layer.</summary>
    public GlobalMaxPooling2D()
        : base(spatial: 2)
    {
    }

    private protected override bool TakesMaximum => true;
}

/// <summary>The largest value of each channel over depth, height and width.</summary>
/// <remarks>Input (batch, depth, height, width, channels), output (batch, channels).
/// Keras: https://keras.io/api/layers/pooling_layers/global_max_pooling3d/</remarks>
public sealed record GlobalMaxPooling3D : GlobalPooling
{
    /// <summary>Creates the layer.</summary>
    public GlobalMaxPooling3D()
        : base(spatial: 3)
    {
    }

    private protected override bool TakesMaximum => true;
}

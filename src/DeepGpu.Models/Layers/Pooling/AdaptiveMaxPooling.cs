namespace DeepGpu.Models;

/// <summary>The largest value of each of a fixed number of windows along time, channel by channel.</summary>
/// <remarks>Input (batch, steps, channels), output (batch, output size, channels).
/// Keras: https://keras.io/api/layers/pooling_layers/adaptive_max_pooling1d/</remarks>
public sealed record AdaptiveMaxPooling1D : AdaptivePooling
{
    /// <summary>Creates the layer.</summary>
    /// <param name="outputSize">The output's length, at least 1.</param>
    public AdaptiveMaxPooling1D(Extent outputSize)
        : base(spatial: 1, outputSize)
    {
    }

    private protected override bool TakesMaximum => true;
}

/// <summary>The largest value of each of a fixed number of windows along height and width, channel by channel.</summary>
/// <remarks>Input (batch, height, width, channels), output (batch, output size, channels).
/// Keras: https://keras.io/api/layers/pooling_layers/adaptive_max_pooling2d/</remarks>
public sealed record AdaptiveMaxPooling2D : AdaptivePooling
{
    /// <summary>Creates the layer.</summary>
    /// <param name="outputSize">The output's lengths, at least 1.</param>
    public AdaptiveMaxPooling2D(Extent outputSize)
        : base(spatial: 2, outputSize)
    {
    }

    private protected override bool TakesMaximum => true;
}

/// <summary>The largest value of each of a fixed number of windows along depth, height and width, channel by channel.</summary>
/// <remarks>Input (batch, depth, height, width, channels), output (batch, output size, channels).
/// Keras: https://keras.io/api/layers/pooling_layers/adaptive_max_pooling3d/</remarks>
public sealed record AdaptiveMaxPooling3D : AdaptivePooling
{
    /// <summary>Creates the layer.</summary>
    /// <param name="outputSize">The output's lengths, at least 1.</param>
    public AdaptiveMaxPooling3D(Extent outputSize)
        : base(spatial: 3, outputSize)
    {
    }

    private protected override bool TakesMaximum => true;
}

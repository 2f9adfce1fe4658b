namespace DeepGpu.Models;

/// <summary>The largest value of each window along time, channel by channel.</summary>
/// <remarks>Input (batch, steps, channels), output (batch, new steps, channels).
/// Keras: https://keras.io/api/layers/pooling_layers/max_pooling1d/</remarks>
public sealed record MaxPooling1D : WindowPooling
{
    /// <summary>Makes the layer.</summary>
    /// <param name="poolSize">The window's length, at least 1. Default 2.</param>
    public MaxPooling1D(Extent poolSize = default)
        : base(spatial: 1, poolSize)
    {
    }

    private protected override bool TakesMaximum => true;
}

namespace DeepGpu.Models;

/// <summary>The largest value of each channel over steps.</summary>
/// <remarks>Input (batch, steps, channels), output (batch, channels).
/// Keras: https://keras.io/api/layers/pooling_layers/global_max_pooling1d/</remarks>
public sealed record GlobalMaxPooling1D : GlobalPooling
{
    /// <summary>Makes the layer.</summary>
    public GlobalMaxPooling1D()
        : base(spatial: 1)
    {
    }

    private protected override bool TakesMaximum => true;
}

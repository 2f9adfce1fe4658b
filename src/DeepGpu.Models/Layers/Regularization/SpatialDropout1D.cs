namespace DeepGpu.Models;

/// <summary>While training, sets whole channels to 0 and scales the rest by 1 / (1 - rate). Tompson et al., 2014.</summary>
/// <remarks>Input and output (batch, steps, channels). Keras:
/// https://keras.io/api/layers/regularization_layers/spatial_dropout1d/</remarks>
public sealed record SpatialDropout1D : SpatialDropout
{
    /// <summary>Makes the layer.</summary>
    /// <param name="rate">The share of channels set to 0, in [0, 1).</param>
    public SpatialDropout1D(double rate)
        : base(spatial: 1, rate)
    {
    }
}

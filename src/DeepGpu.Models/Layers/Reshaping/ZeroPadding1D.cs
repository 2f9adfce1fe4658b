namespace DeepGpu.Models;

/// <summary>Adds zeros at the ends of time.</summary>
/// <remarks>Input (batch, steps, channels), output (batch, new steps, channels).
/// Keras: https://keras.io/api/layers/reshaping_layers/zero_padding1d/</remarks>
public sealed record ZeroPadding1D : ZeroPadding
{
    /// <summary>Makes the layer.</summary>
    /// <param name="padding">Zeros added before and after, per axis. Default 1.</param>
    public ZeroPadding1D(Margins padding = default)
        : base(spatial: 1, padding)
    {
    }
}

namespace DeepGpu.Models;

/// <summary>Cuts positions off the ends of time.</summary>
/// <remarks>Input (batch, steps, channels), output (batch, new steps, channels).
/// Keras: https://keras.io/api/layers/reshaping_layers/cropping1d/</remarks>
public sealed record Cropping1D : CroppingLayer
{
    /// <summary>Makes the layer.</summary>
    /// <param name="cropping">Positions cut before and after, per axis. Default 1.</param>
    public Cropping1D(Margins cropping = default)
        : base(spatial: 1, cropping)
    {
    }
}

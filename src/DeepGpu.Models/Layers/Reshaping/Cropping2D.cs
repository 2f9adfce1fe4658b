namespace DeepGpu.Models;

/// <summary>Cuts positions off the ends of height and width.</summary>
/// <remarks>Input (batch, height, width, channels), output (batch, new height, new width, channels).
/// Keras: https://keras.io/api/layers/reshaping_layers/cropping2d/</remarks>
public sealed record Cropping2D : CroppingLayer
{
    /// <summary>Makes the layer.</summary>
    /// <param name="cropping">Positions cut before and after, per axis. Default 0, as in Keras;
    /// <see cref="Cropping1D"/> and <see cref="Cropping3D"/> cut 1.</param>
    public Cropping2D(Margins cropping = default)
        : base(spatial: 2, cropping.Or(0))
    {
    }
}

namespace DeepGpu.Models;

/// <summary>Cuts positions off the ends of depth, height and width.</summary>
/// <remarks>Input (batch, depth, height, width, channels), output (batch, new depth, new height, new width, channels).
/// Keras: https://keras.io/api/layers/reshaping_layers/cropping3d/</remarks>
public sealed record Cropping3D : CroppingLayer
{
    /// <summary>Makes the layer.</summary>
    /// <param name="cropping">Positions cut before and after, per axis. Default 1.</param>
    public Cropping3D(Margins cropping = default)
        : base(spatial: 3, cropping)
    {
    }
}

namespace DeepGpu.Models;

/// <summary>Adds zeros at the ends of depth, height and width.</summary>
/// <remarks>Input (batch, depth, height, width, channels), output (batch, new depth, new height, new width, channels).
/// Keras: https://keras.io/api/layers/reshaping_layers/zero_padding3d/</remarks>
public sealed record ZeroPadding3D : ZeroPadding
{
    /// <summary>Makes the layer.</summary>
    /// <param name="padding">Zeros added before and after, per axis. Default 1.</param>
    public ZeroPadding3D(Margins padding = default)
        : base(spatial: 3, padding)
    {
    }
}

namespace DeepGpu.Models;

/// <summary>Adds zeros at the ends of height and width.</summary>
/// <remarks>Input (batch, height, width, channels), output (batch, new height, new width, channels).
/// Keras: https://keras.io/api/layers/reshaping_layers/zero_padding2d/</remarks>
public sealed record ZeroPadding2D : ZeroPadding
{
    /// <summary>Makes the layer.</summary>
    /// <param name="padding">Zeros added before and after, per axis. Default 1.</param>
    public ZeroPadding2D(Margins padding = default)
        : base(spatial: 2, padding)
    {
    }
}

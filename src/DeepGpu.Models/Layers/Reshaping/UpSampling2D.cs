namespace DeepGpu.Models;

/// <summary>Repeats each position along height and width or interpolates between them.</summary>
/// <remarks>Input (batch, height, width, channels), output (batch, new height, new width, channels).
/// Keras: https://keras.io/api/layers/reshaping_layers/up_sampling2d/</remarks>
public sealed record UpSampling2D : UpSampling
{
    /// <summary>Makes the layer.</summary>
    /// <param name="size">How often each position is repeated, at least 1. Default 2.</param>
    public UpSampling2D(Extent size = default)
        : base(spatial: 2, size)
    {
    }

    /// <summary>How values between positions are found. Default nearest: repetition.</summary>
    public Interpolation Interpolation { get; init; }
}

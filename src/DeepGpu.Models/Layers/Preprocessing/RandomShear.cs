namespace DeepGpu.Models;

/// <summary>While training, slants each image: a pixel takes the value at (x + sx y, y + sy x), counted from the top left corner.</summary>
/// <remarks>Acts only while training, on each image by itself; the training's seed decides.
/// Input = output (batch, height, width, channels).
/// Keras: https://keras.io/api/layers/preprocessing_layers/image_augmentation/random_shear/</remarks>
public sealed record RandomShear : AffineImageLayer
{
    /// <summary>Creates the layer.</summary>
    /// <param name="xFactor">The slant along x: 0.3 for up to 0.3 pixels to either side in each further row.</param>
    /// <param name="yFactor">The slant along y.</param>
    public RandomShear(FactorRange xFactor = default, FactorRange yFactor = default) => (XFactor, YFactor) = (xFactor, yFactor);

    /// <summary>The slant along x, from -1 to 1. Half of the images take both slants with the opposite sign. Default 0.</summary>
    public FactorRange XFactor { get; init => field = value.Checked(-1, 1, nameof(RandomShear), nameof(XFactor)); }

    /// <summary>The slant along y, from -1 to 1. Half of the images take both slants with the opposite sign. Default 0.</summary>
    public FactorRange YFactor { get; init => field = value.Checked(-1, 1, nameof(RandomShear), nameof(YFactor)); }
}

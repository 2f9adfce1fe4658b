namespace DeepGpu.Models;

/// <summary>While training, shifts each image by a random distance.</summary>
/// <remarks>Acts only while training, on each image by itself; the training's seed decides.
/// Input = output (batch, height, width, channels).
/// Keras: https://keras.io/api/layers/preprocessing_layers/image_augmentation/random_translation/</remarks>
public sealed record RandomTranslation : AffineImageLayer
{
    /// <summary>Creates the layer.</summary>
    /// <param name="heightFactor">The distance downwards as a share of the height: 0.2 for up to 20 % both ways.</param>
    /// <param name="widthFactor">The distance to the right as a share of the width.</param>
    public RandomTranslation(FactorRange heightFactor, FactorRange widthFactor)
        => (HeightFactor, WidthFactor) = (heightFactor, widthFactor);

    /// <summary>The distance downwards as a share of the height, from -1 to 1.</summary>
    public FactorRange HeightFactor { get; init => field = value.Checked(-1, 1, nameof(RandomTranslation), nameof(HeightFactor)); }

    /// <summary>The distance to the right as a share of the width, from -1 to 1.</summary>
    public FactorRange WidthFactor { get; init => field = value.Checked(-1, 1, nameof(RandomTranslation), nameof(WidthFactor)); }
}

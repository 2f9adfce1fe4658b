namespace DeepGpu.Models;

/// <summary>While training, adds a random share of the range of values to each image, kept in that range.</summary>
/// <remarks>Acts only while training, on each image by itself; the training's seed decides.
/// Input = output (batch, height, width, channels).
/// Keras: https://keras.io/api/layers/preprocessing_layers/image_augmentation/random_brightness/</remarks>
public sealed record RandomBrightness : ColorImageLayer
{
    /// <summary>Creates the layer.</summary>
    /// <param name="factor">The share: 0.2 for up to 20 % darker or brighter.</param>
    public RandomBrightness(FactorRange factor) => Factor = factor;

    /// <summary>The share, from -1 (black) to 1 (white).</summary>
    public FactorRange Factor { get; init => field = value.Checked(-1, 1, nameof(RandomBrightness), nameof(Factor)); }
}

namespace DeepGpu.Models;

/// <summary>While training, scales the distance of each pixel from its channel's mean: (x - mean) * factor + mean,
/// kept in the range of values.</summary>
/// <remarks>Acts only while training, on each image by itself; the training's seed decides.
/// Input = output (batch, height, width, channels).
/// Keras: https://keras.io/api/layers/preprocessing_layers/image_augmentation/random_contrast/</remarks>
public sealed record RandomContrast : ColorImageLayer
{
    /// <summary>Creates the layer.</summary>
    /// <param name="factor">How much the factor may be below and above 1.</param>
    public RandomContrast(FactorRange factor) => Factor = factor;

    /// <summary>How much the factor may be below and above 1: it is drawn from 1 - lower to 1 + upper; each from 0 to 1.
    /// As in Keras 3, a single number f stands for (0, f).</summary>
    public FactorRange Factor { get; init => field = value.Checked(0, 1, nameof(RandomContrast), nameof(Factor)); }
}

namespace DeepGpu.Models;

/// <summary>While training, blurs or sharpens each image: x + (1 - 2 factor) * (blurred - x), kept in the range of values.</summary>
/// <remarks>Acts only while training, on each image by itself; the training's seed decides.
/// Blurred is a pixel's mean with its eight neighbours, itself counted five times (13 in all), zeros beyond the edges.
/// Input = output (batch, height, width, channels).
/// Keras: https://keras.io/api/layers/preprocessing_layers/image_augmentation/random_sharpness/</remarks>
public sealed record RandomSharpness : ColorImageLayer
{
    /// <summary>Creates the layer.</summary>
    /// <param name="factor">The sharpness: 0 is blurred, 0.5 the image itself, 1 sharpened.</param>
    public RandomSharpness(FactorRange factor) => Factor = factor;

    /// <summary>The sharpness, from 0 (blurred) over 0.5 (the image itself) to 1 (sharpened).
    /// A single number f stands for (0, f).</summary>
    public FactorRange Factor { get; init => field = value.Checked(0, 1, nameof(RandomSharpness), nameof(Factor)); }
}

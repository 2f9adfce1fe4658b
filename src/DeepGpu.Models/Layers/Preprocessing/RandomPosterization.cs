namespace DeepGpu.Models;

/// <summary>While training, keeps the highest bits of each value, the range of values being that of 8 bits.</summary>
/// <remarks>Acts only while training, on each image by itself; the training's seed decides.
/// Values outside the range count as its ends. No gradient passes.
/// Input = output (batch, height, width, channels).
/// Keras: https://keras.io/api/layers/preprocessing_layers/image_augmentation/random_posterization/</remarks>
[KerasClass(Sample = "(4, 4)")]
public sealed record RandomPosterization : ColorImageLayer
{
    /// <summary>Creates the layer.</summary>
    /// <param name="factor">The bits that are kept: (4, 4) for 4; (2, 6) for 2, 3, 4 or 5; a single number f stands for (1, f).</param>
    public RandomPosterization(FactorRange factor) => Factor = factor;

    /// <summary>The bits that are kept, whole numbers from 1 to 8: the least and one more than the most, or one number twice.</summary>
    public FactorRange Factor { get; init => field = Whole(value.Checked(1, 8, nameof(RandomPosterization), nameof(Factor))); }

    private static FactorRange Whole(FactorRange range) => double.IsInteger(range.Lower) && double.IsInteger(range.Upper)
        ? range
        : throw Require.OutOfRange(nameof(RandomPosterization), nameof(Factor), "two whole numbers of bits",
            FormattableString.Invariant($"{range.Lower} to {range.Upper}"));
}

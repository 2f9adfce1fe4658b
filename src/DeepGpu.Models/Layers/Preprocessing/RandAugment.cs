using DeepGpu.Models.Layers;

namespace DeepGpu.Models;

/// <summary>While training, applies operations chosen at random, one after the other. Cubuk et al., 2019,
/// https://arxiv.org/abs/1909.13719.</summary>
/// <remarks>One of eleven each time: <see cref="RandomShear"/>, <see cref="RandomTranslation"/>, <see cref="RandomRotation"/>,
/// <see cref="RandomBrightness"/>, <see cref="RandomColorDegeneration"/>, <see cref="RandomContrast"/>, <see cref="RandomSharpness"/>,
/// <see cref="RandomPosterization"/>, <see cref="Solarization"/>, <see cref="AutoContrast"/>, <see cref="Equalization"/>.
/// As in Keras, all images of a batch take the same operations, each with a strength of its own; the training's seed decides.
/// The choice is read from the device once a batch. Acts only while training.
/// Input = output (batch, height, width, channels), with 1 or 3 channels.
/// Keras: https://keras.io/api/layers/preprocessing_layers/image_augmentation/rand_augment/</remarks>
public sealed record RandAugment : ColorImageLayer
{
    /// <summary>How many operations are applied. Default 2.</summary>
    public int NumOps { get; init => field = Require.AtLeast(value, 0, nameof(RandAugment), nameof(NumOps)); } = 2;

    /// <summary>The strength, from 0 to 1: every operation's factor; 8 times the upper bound is the bits that
    /// <see cref="RandomPosterization"/> stays below. Default (0, 0.5); a single number f stands for (0, f).</summary>
    public FactorRange Factor { get; init => field = value.Checked(0, 1, nameof(RandAugment), nameof(Factor)); } = new(0, 0.5);

    /// <summary>How values between pixels are found: nearest or bilinear (the default).</summary>
    public Interpolation Interpolation { get; init => field = ImageValues.Checked(value, ClassName); } = Interpolation.Bilinear;

    /// <inheritdoc/>
    public override Shape OutputShape(Shape input) => Colored(input);
}

using DeepGpu.Models.Layers;

namespace DeepGpu.Models;

/// <summary>While training, mixes each image with the outcomes of several chains of operations chosen at random. Hendrycks et al., 2019,
/// https://arxiv.org/abs/1912.02781.</summary>
/// <remarks>m x + (1 - m) sum of w[i] chain[i](x), kept in the range of values; m is Beta distributed, w Dirichlet distributed.
/// As in Keras, all images of a batch take the same chains and shares, each with strengths of its own; the training's seed decides.
/// The choice is read from the device once a batch. Acts only while training.
/// Keras 3 writes num_chains and chain_depth of its own layer the wrong way round into configs; they are read as they are written.
/// Input = output (batch, height, width, channels), with 1 or 3 channels if <see cref="AllOps"/>.
/// Keras: https://keras.io/api/layers/preprocessing_layers/image_augmentation/aug_mix/</remarks>
public sealed record AugMix : ColorImageLayer
{
    /// <summary>How many chains are mixed. Default 3.</summary>
    public int NumChains { get; init => field = Require.AtLeast(value, 1, nameof(AugMix), nameof(NumChains)); } = 3;

    /// <summary>How many operations a chain has at most: each may also be none. Default 3.</summary>
    public int ChainDepth { get; init => field = Require.AtLeast(value, 0, nameof(AugMix), nameof(ChainDepth)); } = 3;

    /// <summary>The strength, from 0 to 1: every operation's factor; 8 times the upper bound is the bits that
    /// <see cref="RandomPosterization"/> stays below. Default (0, 0.3); a single number f stands for (0, f).</summary>
    public FactorRange Factor { get; init => field = value.Checked(0, 1, nameof(AugMix), nameof(Factor)); } = new(0, 0.3);

    /// <summary>The parameter of the Beta and Dirichlet distributions: the larger, the more even the shares. Default 1.</summary>
    public double Alpha { get; init => field = Require.Positive(value, nameof(AugMix), nameof(Alpha)); } = 1;

    /// <summary>Whether the operations are the eleven of <see cref="RandAugment"/>, or those without brightness, colour degeneration,
    /// contrast and sharpness. Default true.</summary>
    public bool AllOps { get; init; } = true;

    /// <summary>How values between pixels are found: nearest or bilinear (the default).</summary>
    public Interpolation Interpolation { get; init => field = ImageValues.Checked(value, ClassName); } = Interpolation.Bilinear;

    /// <inheritdoc/>
    public override Shape OutputShape(Shape input) => AllOps ? Colored(input) : base.OutputShape(input);
}

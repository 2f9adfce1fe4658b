namespace DeepGpu.Models;

/// <summary>While training, replaces a random rectangle of each image by one value or noise.
/// Zhong et al., 2017, https://arxiv.org/abs/1708.04896.</summary>
/// <remarks>Acts only while training, on each image by itself; the training's seed decides.
/// Input = output (batch, height, width, channels).
/// Keras: https://keras.io/api/layers/preprocessing_layers/image_augmentation/random_erasing/</remarks>
public sealed record RandomErasing : ColorImageLayer
{
    /// <summary>The bounds from which an image's probability of being changed is drawn, each from 0 to 1. Default (0, 1);
    /// a single number f stands for (0, f).</summary>
    public FactorRange Factor { get; init => field = value.Checked(0, 1, nameof(RandomErasing), nameof(Factor)); } = new(0, 1);

    /// <summary>The bounds of the squares of the rectangle's height and width as shares of the image's, each from 0 to 1.
    /// Default (0.02, 0.33).</summary>
    public FactorRange Scale { get; init => field = value.Checked(0, 1, nameof(RandomErasing), nameof(Scale)); } = new(0.02, 0.33);

    /// <summary>What the rectangle is filled with; null (the default) for normally distributed noise of the largest value's deviation.
    /// Kept in the range of values.</summary>
    public double? FillValue
    {
        get;
        init => field = value is { } given ? Require.Finite(given, nameof(RandomErasing), nameof(FillValue)) : null;
    }
}

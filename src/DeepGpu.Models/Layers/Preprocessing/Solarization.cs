namespace DeepGpu.Models;

/// <summary>While training, adds to the values and turns over those that reach a threshold: least + largest - x.</summary>
/// <remarks>Acts only while training, on each image by itself; the training's seed decides.
/// Both bounds of a factor are shares of the range, as Keras documents them; its code takes the lower one for a value of 0 to 255.
/// Input = output (batch, height, width, channels).
/// Keras: https://keras.io/api/layers/preprocessing_layers/image_augmentation/solarization/</remarks>
public sealed record Solarization : ColorImageLayer
{
    /// <summary>What is added as a share of the range of values, from 0 to 1; sums beyond the range count as its largest value.
    /// Default 0; a single number f stands for (0, f).</summary>
    public FactorRange AdditionFactor
    {
        get;
        init => field = value.Checked(0, 1, nameof(Solarization), nameof(AdditionFactor));
    }

    /// <summary>Where the values begin that are turned over, as a share of the range of values, from 0 to 1.
    /// Default 0, which turns over all; a single number f stands for (0, f).</summary>
    public FactorRange ThresholdFactor
    {
        get;
        init => field = value.Checked(0, 1, nameof(Solarization), nameof(ThresholdFactor));
    }
}

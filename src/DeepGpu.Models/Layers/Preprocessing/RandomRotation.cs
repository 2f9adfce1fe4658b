namespace DeepGpu.Models;

/// <summary>While training, turns each image by a random angle.</summary>
/// <remarks>Acts only while training, on each image by itself; the training's seed decides.
/// Input = output (batch, height, width, channels).
/// Keras: https://keras.io/api/layers/preprocessing_layers/image_augmentation/random_rotation/</remarks>
public sealed record RandomRotation : AffineImageLayer
{
    /// <summary>Creates the layer.</summary>
    /// <param name="factor">The angle as a share of a full turn: 0.1 for up to 36 degrees both ways.</param>
    public RandomRotation(FactorRange factor) => Factor = factor;

    /// <summary>The angle as a share of a full turn, from -1 to 1; positive is counter-clockwise.</summary>
    public FactorRange Factor { get; init => field = value.Checked(-1, 1, nameof(RandomRotation), nameof(Factor)); }
}

namespace DeepGpu.Models;

/// <summary>While training, cuts a window at a random place out of all images of a batch.</summary>
/// <remarks>Elsewhere, and where the image is not larger, the largest centred window of the output's aspect ratio is resized.
/// Input (batch, height, width, channels), output (batch, new height, new width, channels).
/// Keras: https://keras.io/api/layers/preprocessing_layers/image_augmentation/random_crop/</remarks>
public sealed record RandomCrop : SizedImageLayer
{
    /// <summary>Creates the layer.</summary>
    /// <param name="height">Height of the output in pixels, at least 1.</param>
    /// <param name="width">Width of the output in pixels, at least 1.</param>
    public RandomCrop(int height, int width)
        : base(height, width)
    {
    }
}

namespace DeepGpu.Models;

/// <summary>Cuts the middle out of images; smaller images are resized from the largest centred window of the
/// output's aspect ratio.</summary>
/// <remarks>Input (batch, height, width, channels), output (batch, new height, new width, channels).
/// Keras: https://keras.io/api/layers/preprocessing_layers/image_preprocessing/center_crop/</remarks>
public sealed record CenterCrop : SizedImageLayer
{
    /// <summary>Creates the layer.</summary>
    /// <param name="height">Height of the output in pixels, at least 1.</param>
    /// <param name="width">Width of the output in pixels, at least 1.</param>
    public CenterCrop(int height, int width)
        : base(height, width)
    {
    }
}

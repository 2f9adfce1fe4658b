namespace DeepGpu.Models;

/// <summary>Stretches the values of each channel of each image over the whole range of values.</summary>
/// <remarks>Acts while training and predicting. A channel whose values are all the same stays as it is.
/// Input = output (batch, height, width, channels).
/// Keras: https://keras.io/api/layers/preprocessing_layers/image_augmentation/auto_contrast/</remarks>
public sealed record AutoContrast : ColorImageLayer
{
    /// <inheritdoc/>
    protected internal override bool ActsInTrainingOnly => false;
}

namespace DeepGpu.Models;

/// <summary>While training, mirrors half of the images along each axis.</summary>
/// <remarks>Acts only while training, on each image by itself; the training's seed decides.
/// Input = output (batch, height, width, channels).
/// Keras: https://keras.io/api/layers/preprocessing_layers/image_augmentation/random_flip/</remarks>
public sealed record RandomFlip : ImageLayer
{
    /// <summary>The axes. Default both.</summary>
    public FlipMode Mode { get; init; }

    /// <inheritdoc/>
    protected internal override bool ActsInTrainingOnly => true;
}

/// <summary>The axes an image may be mirrored along.</summary>
public enum FlipMode
{
    /// <summary>Left and right, up and down.</summary>
    HorizontalAndVertical,

    /// <summary>Left and right.</summary>
    Horizontal,

    /// <summary>Up and down.</summary>
    Vertical,
}

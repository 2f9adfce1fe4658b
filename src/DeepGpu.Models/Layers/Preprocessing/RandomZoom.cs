namespace DeepGpu.Models;

/// <summary>While training, shrinks or enlarges each image by a random factor.</summary>
/// <remarks>Acts only while training, on each image by itself; the training's seed decides.
/// Input = output (batch, height, width, channels).
/// Keras: https://keras.io/api/layers/preprocessing_layers/image_augmentation/random_zoom/</remarks>
public sealed record RandomZoom : AffineImageLayer
{
    /// <summary>Creates the layer.</summary>
    /// <param name="heightFactor">By how much the height shows more or less: 0.2 for up to 20 % both ways.</param>
    /// <param name="widthFactor">The same for the width; null keeps the aspect ratio.</param>
    public RandomZoom(FactorRange heightFactor, FactorRange? widthFactor = null)
        => (HeightFactor, WidthFactor) = (heightFactor, widthFactor);

    /// <summary>By how much the height shows more (positive: zooming out) or less (negative), from -1 to 1.</summary>
    public FactorRange HeightFactor { get; init => field = value.Checked(-1, 1, nameof(RandomZoom), nameof(HeightFactor)); }

    /// <summary>The same for the width; null (the default) for the height's draw, which keeps the aspect ratio.</summary>
    public FactorRange? WidthFactor { get; init => field = value?.Checked(-1, 1, nameof(RandomZoom), nameof(WidthFactor)); }
}

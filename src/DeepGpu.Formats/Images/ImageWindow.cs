namespace DeepGpu.Formats;

/// <summary>A rectangle of pixels inside an image, or around it.</summary>
internal readonly record struct ImageWindow(int Top, int Left, int Height, int Width)
{
    /// <summary>The largest centred window of a target's aspect ratio, as Keras's crop_to_aspect_ratio.</summary>
    public static ImageWindow Inside(int height, int width, int targetHeight, int targetWidth)
    {
        var cropHeight = Math.Max(Math.Min(height, (int)((double)width * targetHeight / targetWidth)), 1);
        var cropWidth = Math.Max(Math.Min(width, (int)((double)height * targetWidth / targetHeight)), 1);
        return new((height - cropHeight) / 2, (width - cropWidth) / 2, cropHeight, cropWidth);
    }

    /// <summary>The smallest canvas of a target's aspect ratio with the image in its middle, as Keras's pad_to_aspect_ratio:
    /// top and left are the image's place on it.</summary>
    public static ImageWindow Around(int height, int width, int targetHeight, int targetWidth)
    {
        var padHeight = Math.Max(height, (int)((double)width * targetHeight / targetWidth));
        var padWidth = Math.Max(width, (int)((double)height * targetWidth / targetHeight));
        return new((padHeight - height) / 2, (padWidth - width) / 2, padHeight, padWidth);
    }
}

using DeepGpu.Visuals.Charts;
using SkiaSharp;

namespace DeepGpu.Visuals.Layers;

/// <summary>A small picture of a grid.</summary>
/// <param name="Width">Pixels across.</param>
/// <param name="Height">Pixels down.</param>
/// <param name="Rgba">Red, green, blue and 255 of each pixel, row by row.</param>
internal sealed record ImageTile(int Width, int Height, byte[] Rgba)
{
    /// <summary>What stands below it; empty for nothing.</summary>
    public string Caption { get; init; } = "";

    /// <summary>Whether the caption is in red.</summary>
    public bool IsWrong { get; init; }

    /// <summary>An image, (1, height, width, channels): grey of one channel, colour of three, else the mean of the channels. Numbers from 0
    /// to 1 or from 0 to 255 are taken as they are, others are stretched.</summary>
    /// <exception cref="DeepGpuArgumentException">It is no image.</exception>
    public static ImageTile Of(NDArray image)
    {
        if (image.Rank != 4)
            throw Require.OutOfRange(nameof(LayerPictures), "images", "(samples, height, width, channels)", image.TypeAndShape);
        var values = ArrayNumbers.Of(image);
        var (low, high) = Range(image.Type, values);
        return Of(image.Shape[1], image.Shape[2], image.Shape[3], index => (values[index] - low) / (high - low));
    }

    /// <summary>A map of values stretched from the smallest to the largest: grey of one channel, colour of three.</summary>
    public static ImageTile Stretched(int height, int width, int channels, Func<int, double> value)
    {
        var values = Enumerable.Range(0, height * width * channels).Select(value).ToList();
        var (low, high) = (values.Min(), values.Max());
        return Of(height, width, channels, index => high > low ? (values[index] - low) / (high - low) : 0.5);
    }

    /// <summary>Pixels of shares from 0 to 1, row by row, the channels of a pixel together.</summary>
    public static ImageTile Of(int height, int width, int channels, Func<int, double> share)
    {
        var rgba = new byte[4 * height * width];
        for (var pixel = 0; pixel < height * width; pixel++)
        {
            var first = pixel * channels;
            var grey = channels == 3 ? 0 : Enumerable.Range(first, channels).Average(share);
            for (var color = 0; color < 3; color++) rgba[4 * pixel + color] = Level(channels == 3 ? share(first + color) : grey);
            rgba[4 * pixel + 3] = 255;
        }

        return new(width, height, rgba);
    }

    /// <summary>The share of full light as a byte.</summary>
    public static byte Level(double share) => (byte)Math.Round(255 * Math.Clamp(double.IsNaN(share) ? 0 : share, 0, 1));

    public SKImage ToImage() => SKImage.FromPixelCopy(new SKImageInfo(Width, Height, SKColorType.Rgba8888, SKAlphaType.Opaque), Rgba);

    private static (double Low, double High) Range(DataType type, double[] values)
    {
        var (low, high) = (values.Min(), values.Max());
        if (type == DataType.UInt8 || low >= 0 && high is > 1 and <= 255) return (0, 255);
        return low >= 0 && high <= 1 ? (0, 1) : (low, high);
    }
}

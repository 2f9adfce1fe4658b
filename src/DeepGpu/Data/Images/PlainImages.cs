using DeepGpu.Formats.Images;
using DeepGpu.Lowering;
using DeepGpu.Models;

namespace DeepGpu.Data;

/// <summary>Resizes single images without torch, so that workers share nothing.</summary>
internal static class PlainImages
{
    /// <summary>An image as the options want it.</summary>
    /// <param name="image">UInt8 (height, width, 3).</param>
    /// <param name="options">Size, fit, colours.</param>
    /// <returns>Float32 (height, width, 3) or (height, width, 1).</returns>
    public static NDArray Fit(NDArray image, ImageFolderOptions options)
    {
        var (height, width) = (image.Shape[0], image.Shape[1]);
        var pixels = options.Grayscale ? Brightness(image.AsSpan<byte>()) : Floats(image.AsSpan<byte>());
        var window = options.Fit switch
        {
            ImageFit.CropToAspectRatio => ImageWindow.Inside(height, width, options.Height, options.Width),
            ImageFit.PadToAspectRatio => ImageWindow.Around(height, width, options.Height, options.Width),
            _ => new(0, 0, height, width),
        };
        var channels = options.Grayscale ? 1 : 3;
        if (options.Fit != ImageFit.Stretch)
            pixels = Windowed(pixels, height, width, channels, window, isAround: options.Fit == ImageFit.PadToAspectRatio);
        var resized = Resize(pixels, window.Height, window.Width, channels, options.Height, options.Width, options.Interpolation);
        return NDArray.From<float>(resized, options.Height, options.Width, channels);
    }

    private static float[] Floats(ReadOnlySpan<byte> bytes)
    {
        var floats = new float[bytes.Length];
        for (var i = 0; i < floats.Length; i++) floats[i] = bytes[i];
        return floats;
    }

    private static float[] Brightness(ReadOnlySpan<byte> rgb)
    {
        var gray = new float[rgb.Length / 3];
        for (var i = 0; i < gray.Length; i++) gray[i] = 0.299f * rgb[3 * i] + 0.587f * rgb[3 * i + 1] + 0.114f * rgb[3 * i + 2];
        return gray;
    }

    /// <summary>Cuts a window out, or lays the image on a black canvas.</summary>
    private static float[] Windowed(float[] pixels, int height, int width, int channels, ImageWindow window, bool isAround)
    {
        var result = new float[window.Height * window.Width * channels];
        var (rows, length) = isAround ? (height, width * channels) : (window.Height, window.Width * channels);
        for (var row = 0; row < rows; row++)
        {
            var image = isAround ? row * width * channels : ((row + window.Top) * width + window.Left) * channels;
            var canvas = isAround ? ((row + window.Top) * window.Width + window.Left) * channels : row * length;
            Array.Copy(pixels, image, result, canvas, length);
        }

        return result;
    }

    /// <summary>Columns first, then rows: each output is a weighted sum of the few inputs near it.</summary>
    private static float[] Resize(float[] pixels, int height, int width, int channels, int newHeight,
        int newWidth, Interpolation interpolation)
    {
        if (height == newHeight && width == newWidth) return pixels;
        var narrow = new float[height * newWidth * channels];
        foreach (var (column, from, weight) in Taps(width, newWidth, interpolation))
        {
            for (var y = 0; y < height; y++)
            {
                for (var c = 0; c < channels; c++)
                    narrow[(y * newWidth + column) * channels + c] += weight * pixels[(y * width + from) * channels + c];
            }
        }

        var (result, row) = (new float[newHeight * newWidth * channels], newWidth * channels);
        foreach (var (y, from, weight) in Taps(height, newHeight, interpolation))
        {
            for (var i = 0; i < row; i++) result[y * row + i] += weight * narrow[from * row + i];
        }

        return result;
    }

    private static IEnumerable<(int To, int From, float Weight)> Taps(int length, int newLength, Interpolation interpolation)
        => ImageTaps.Of(length, newLength, ImageFilters.Of(interpolation), antialias: false)
            .SelectMany((taps, to) => taps.Weights.Select((weight, i) => (to, taps.First + i, (float)weight)));
}

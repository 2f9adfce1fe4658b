using DeepGpu.Formats;
using DeepGpu.Models;

namespace DeepGpu;

/// <summary>Makes a network's input of photos.</summary>
public static class Photos
{
    private const int Channels = 3;

    /// <summary>Brings a decoded image to size and its bytes to the numbers a network expects.</summary>
    /// <param name="preprocessing">What the network expects.</param>
    /// <param name="image">UInt8 (height, width, 3), as <see cref="ImageFile.Read(string)"/> gives it.</param>
    /// <returns>Float32 (1, size, size, 3).</returns>
    /// <exception cref="DeepGpuArgumentException">The image has another type or shape.</exception>
    public static NDArray Apply(this ImagePreprocessing preprocessing, NDArray image)
    {
        ArgumentNullException.ThrowIfNull(preprocessing);
        var values = new float[preprocessing.Size * preprocessing.Size * Channels];
        Write(preprocessing, image, values);
        return NDArray.From<float>(values, 1, preprocessing.Size, preprocessing.Size, Channels);
    }

    /// <summary>Reads photos and makes them a batch.</summary>
    /// <param name="preprocessing">What the network expects.</param>
    /// <param name="paths">PNG, JPEG, BMP, GIF or WebP files, at least one.</param>
    /// <returns>Float32 (photos, size, size, 3).</returns>
    /// <exception cref="ModelFormatException">A file is no image, or is damaged.</exception>
    public static NDArray Read(this ImagePreprocessing preprocessing, params IReadOnlyList<string> paths)
    {
        ArgumentNullException.ThrowIfNull(preprocessing);
        ArgumentNullException.ThrowIfNull(paths);
        Require.AtLeast(paths.Count, 1, nameof(Photos), nameof(paths));
        var length = preprocessing.Size * preprocessing.Size * Channels;
        var values = new float[checked(paths.Count * length)];
        Parallel.For(0, paths.Count, i => Write(preprocessing, ImageFile.Read(paths[i]), values.AsSpan(i * length, length)));
        return NDArray.From<float>(values, paths.Count, preprocessing.Size, preprocessing.Size, Channels);
    }

    private static void Write(ImagePreprocessing preprocessing, NDArray image, Span<float> values)
    {
        var sized = preprocessing.ShortSide is { } side
            ? ImageScaling.CenterCrop(ImageScaling.ShortSide(image, side), preprocessing.Size, preprocessing.Size)
            : ImageScaling.Bilinear(image, preprocessing.Size, preprocessing.Size);
        var pixels = sized.AsSpan<byte>();
        for (var channel = 0; channel < Channels; channel++)
        {
            var (factor, offset) = (preprocessing.Scale / 255 / preprocessing.Deviation[channel],
                preprocessing.Mean[channel] / preprocessing.Deviation[channel]);
            var from = preprocessing.IsBlueFirst ? Channels - 1 - channel : channel;
            for (var i = 0; i < pixels.Length; i += Channels) values[i + channel] = (float)(pixels[i + from] * factor - offset);
        }
    }
}

using DeepGpu.Formats.Images;

namespace DeepGpu.Formats;

/// <summary>Changes the size of images. Shrinking averages over all pixels that a new one covers,
/// as Pillow and torchvision do with antialiasing.</summary>
public static class ImageScaling
{
    private const int Channels = 3;

    /// <summary>Resizes by Pillow's bilinear filter: a triangle as wide as a new pixel, at least one old one, to each side;
    /// rounded to bytes along each axis.</summary>
    /// <param name="image">UInt8 (height, width, 3).</param>
    /// <param name="height">The new height, at least 1.</param>
    /// <param name="width">The new width, at least 1.</param>
    /// <returns>UInt8 (height, width, 3).</returns>
    /// <exception cref="DeepGpuArgumentException">The image has another type or shape, or no pixels, or a length is below 1.</exception>
    public static NDArray Bilinear(NDArray image, int height, int width)
    {
        var (oldHeight, oldWidth) = Check(image);
        Require.AtLeast(height, 1, nameof(ImageScaling));
        Require.AtLeast(width, 1, nameof(ImageScaling));
        var across = Resample(image.AsSpan<byte>(), oldHeight, Taps(oldWidth, width), step: Channels,
            rowStep: oldWidth * Channels, width, isAcross: true);
        var down = Resample(across, width, Taps(oldHeight, height), step: width * Channels, rowStep: Channels, height, isAcross: false);
        return new(DataType.UInt8, [height, width, Channels], down);
    }

    /// <summary>Resizes so that the shorter side has a length, the longer one in proportion, rounded down.</summary>
    /// <param name="image">UInt8 (height, width, 3).</param>
    /// <param name="length">The new length of the shorter side, at least 1.</param>
    /// <exception cref="DeepGpuArgumentException">The image has another type or shape, or no pixels, or the length is below 1.</exception>
    public static NDArray ShortSide(NDArray image, int length)
    {
        var (height, width) = Check(image);
        var longer = (int)((long)length * Math.Max(height, width) / Math.Min(height, width));
        return height <= width ? Bilinear(image, length, longer) : Bilinear(image, longer, length);
    }

    /// <summary>Cuts out the middle; what lies outside the image is black.</summary>
    /// <param name="image">UInt8 (height, width, 3).</param>
    /// <param name="height">The height of the part, at least 1.</param>
    /// <param name="width">The width of the part, at least 1.</param>
    /// <exception cref="DeepGpuArgumentException">The image has another type or shape, or no pixels, or a length is below 1.</exception>
    public static NDArray CenterCrop(NDArray image, int height, int width)
    {
        var (oldHeight, oldWidth) = Check(image);
        var part = new byte[Require.AtLeast(height, 1, nameof(ImageScaling)) * Require.AtLeast(width, 1, nameof(ImageScaling)) * Channels];
        var (top, left) = (Middle(oldHeight, height), Middle(oldWidth, width));
        var (start, end) = (Math.Max(0, -left), Math.Min(width, oldWidth - left));
        for (var row = Math.Max(0, -top); row < Math.Min(height, oldHeight - top); row++)
        {
            image.AsSpan<byte>().Slice(((row + top) * oldWidth + start + left) * Channels, (end - start) * Channels)
                .CopyTo(part.AsSpan((row * width + start) * Channels));
        }

        return new(DataType.UInt8, [height, width, Channels], part);
    }

    /// <summary>Halves round to even, as in Python.</summary>
    private static int Middle(int whole, int part) => (int)Math.Round((whole - part) / 2.0, MidpointRounding.ToEven);

    private static (int Height, int Width) Check(NDArray image)
    {
        ArgumentNullException.ThrowIfNull(image);
        return image is { Type: DataType.UInt8, Shape: [> 0, > 0, Channels] }
            ? (image.Shape[0], image.Shape[1])
            : throw Require.OutOfRange(nameof(ImageScaling), nameof(image), "UInt8 (height, width, 3) with pixels", image.TypeAndShape);
    }

    private static ImageTaps[] Taps(int length, int newLength) => ImageTaps.Of(length, newLength, ImageFilter.Linear, antialias: true);

    /// <summary>Averages along one axis; the other one, "rows" here, keeps its length.</summary>
    private static byte[] Resample(ReadOnlySpan<byte> pixels, int rows, ImageTaps[] taps, int step,
        int rowStep, int length, bool isAcross)
    {
        var result = new byte[checked(rows * length * Channels)];
        var (newStep, newRowStep) = isAcross ? (Channels, length * Channels) : (rows * Channels, Channels);
        for (var row = 0; row < rows; row++)
        {
            for (var i = 0; i < length; i++)
                Average(pixels[(row * rowStep + taps[i].First * step)..], taps[i].Weights, step,
                    result.AsSpan(row * newRowStep + i * newStep, Channels));
        }

        return result;
    }

    private static void Average(ReadOnlySpan<byte> pixels, double[] weights, int step, Span<byte> result)
    {
        var (red, green, blue) = (0.5, 0.5, 0.5);
        for (var i = 0; i < weights.Length; i++)
        {
            var pixel = pixels.Slice(i * step, Channels);
            red += weights[i] * pixel[0];
            green += weights[i] * pixel[1];
            blue += weights[i] * pixel[2];
        }

        (result[0], result[1], result[2]) = ((byte)red, (byte)green, (byte)blue);
    }
}

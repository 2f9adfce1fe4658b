using System.Buffers.Binary;
using SkiaSharp;

namespace DeepGpu.Formats;

/// <summary>Decodes PNG, JPEG, BMP, GIF and WebP images to pixels. The first frame of an animation is taken;
/// transparency and colour profiles are dropped.</summary>
public static class ImageFile
{
    private const int MaxFile = 256 << 20;
    private const int Channels = 3;
    private const int DecodedChannels = 4;

    /// <summary>What an image may become whatever its file's length, and how many times larger than the file a larger one may be.</summary>
    private const long FreeLength = 16 << 20;

    private const long MaxRatio = 1000;

    private static readonly Refusals Refusals = new("Replace or remove the image.");

    /// <summary>The most pixels that are decoded: 64 million.</summary>
    public static int MaxPixels => 64_000_000;

    /// <summary>Whether a file starts as one of these images; what it is called does not matter.</summary>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    public static bool IsImage(string path) => ByteSource.Use(path, source => FileStart.Of(source) == FileStart.Kind.Image);

    /// <summary>Reads an image as red, green and blue bytes: UInt8 (height, width, 3).</summary>
    /// <exception cref="ModelFormatException">The file is no such image, is damaged or too large.</exception>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    /// <exception cref="DeepGpuException">The native image library is missing.</exception>
    public static NDArray Read(string path) => ByteSource.Use(path, Read);

    /// <summary>Reads an image from the bytes of its file: UInt8 (height, width, 3).</summary>
    /// <exception cref="ModelFormatException">The bytes are no such image, are damaged or too large.</exception>
    /// <exception cref="DeepGpuException">The native image library is missing.</exception>
    public static NDArray Read(ReadOnlyMemory<byte> bytes) => ByteSource.Open(bytes, Read);

    private static NDArray Read(ByteSource source)
    {
        if (source.Length == 0) throw FileStart.Unexpected(source, FileStart.Kind.Empty, "an image", Refusals);
        if (source.Length > MaxFile)
            throw Refusals.Because("file_too_large", $"An image file has at most {MaxFile} bytes,", $"but this one has {source.Length}.");
        try
        {
            return Decode(source.ReadBytes(0, (int)source.Length));
        }
        catch (Exception e) when (e is DllNotFoundException or TypeInitializationException)
        {
            throw new DeepGpuException(new("image_runtime_missing",
                "Images need SkiaSharp's native library,", $"but it could not be loaded: {e.GetBaseException().Message}",
                "Add the package SkiaSharp.NativeAssets.Linux.NoDependencies (or Win32, macOS) to the application."), e);
        }
    }

    private static NDArray Decode(byte[] bytes)
    {
        using var data = SKData.CreateCopy(bytes);
        using var codec = SKCodec.Create(data);
        if (codec is null || codec.EncodedFormat is not (SKEncodedImageFormat.Png or SKEncodedImageFormat.Jpeg or SKEncodedImageFormat.Bmp
            or SKEncodedImageFormat.Gif or SKEncodedImageFormat.Webp))
            throw Refusals.Because("unsupported_format", "An image must be PNG, JPEG, BMP, GIF or WebP,", "but this file is none of them.");
        var (width, height) = (codec.Info.Width, codec.Info.Height);
        CheckSize(width, height, bytes.Length);
        if (codec.EncodedFormat == SKEncodedImageFormat.Png && !HasPngEnd(bytes))
            throw Refusals.Because("truncated", "A PNG image must end with its IEND chunk,", "but is cut before.");
        using var bitmap = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Unpremul));
        var result = codec.GetPixels(bitmap.Info, bitmap.GetPixels());
        if (result != SKCodecResult.Success)
            throw Refusals.Because(result == SKCodecResult.IncompleteInput ? "truncated" : "malformed",
                "An image must decode to its last pixel,", $"but: {result}.");
        return new(DataType.UInt8, [height, width, Channels], WithoutAlpha(bitmap.GetPixelSpan()));
    }

    /// <summary>Dimensions come from the header: they are believed only as far as the file could back them.</summary>
    private static void CheckSize(int width, int height, int fileLength)
    {
        if (width <= 0 || height <= 0) throw Refusals.Because("malformed", "An image must have pixels,", $"but is {width} x {height}.");
        if ((long)width * height > MaxPixels)
            throw Refusals.Because("image_too_large", $"An image has at most {MaxPixels} pixels,", $"but this one is {width} x {height}.");
        var decoded = (long)width * height * Channels;
        if (decoded > FreeLength && decoded / MaxRatio > fileLength)
            throw Refusals.Because("expansion_bomb", $"A photo does not compress {MaxRatio}-fold,",
                $"but {fileLength} bytes would become {width} x {height} pixels.");
    }

    /// <summary>Whether the chunks (length, type, data, checksum) lead to the last one.
    /// Skia is content when the pixels are there.</summary>
    private static bool HasPngEnd(ReadOnlySpan<byte> bytes)
    {
        const int Signature = 8;
        const int ChunkFrame = 12;
        for (var at = (long)Signature; at + ChunkFrame <= bytes.Length;)
        {
            var chunk = bytes[(int)at..];
            if (chunk[4..].StartsWith("IEND"u8)) return true;
            at += ChunkFrame + BinaryPrimitives.ReadUInt32BigEndian(chunk);
        }

        return false;
    }

    private static byte[] WithoutAlpha(ReadOnlySpan<byte> pixels)
    {
        var packed = new byte[pixels.Length / DecodedChannels * Channels];
        for (var (source, target) = (0, 0); source < pixels.Length; source += DecodedChannels, target += Channels)
        {
            packed[target] = pixels[source];
            packed[target + 1] = pixels[source + 1];
            packed[target + 2] = pixels[source + 2];
        }

        return packed;
    }
}

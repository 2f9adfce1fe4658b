using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;
using DeepGpu.Testing;
using SkiaSharp;

namespace DeepGpu.Formats.Tests;

public class ImageFileTests
{
    [Fact]
    public void Every_file_of_the_corpus_behaves_as_its_manifest_says()
        => HostileCorpus.Check("image", file => new Dictionary<string, NDArray> { ["pixels_hwc"] = ImageFile.Read(file.Path) });

    [Theory]
    [InlineData(SKEncodedImageFormat.Png, 0)]
    [InlineData(SKEncodedImageFormat.Webp, 40)]
    public void Pixels_come_as_height_width_and_three_colours(SKEncodedImageFormat format, int tolerance)
    {
        var pixels = ImageFile.Read(Encode(5, 3, format));
        pixels.Shape.Should().Equal(3, 5, 3);
        var bytes = pixels.ToArray<byte>();
        for (var i = 0; i < bytes.Length; i++)
            bytes[i].Should().BeCloseTo(Colour(i / 3 % 5, i / 15)[i % 3], (byte)tolerance, $"element {i}");
    }

    [Fact]
    public void A_jpeg_is_read()
    {
        using var bitmap = new SKBitmap(new SKImageInfo(16, 8, SKColorType.Rgba8888, SKAlphaType.Opaque));
        bitmap.Erase(new(200, 100, 50));
        using var data = bitmap.Encode(SKEncodedImageFormat.Jpeg, 100);
        var pixels = ImageFile.Read(data.ToArray());
        pixels.Shape.Should().Equal(8, 16, 3);
        foreach (var pixel in pixels.ToArray<byte>().Chunk(3))
            pixel.Zip<byte, byte>([200, 100, 50]).Should().OnlyContain(pair => Math.Abs(pair.First - pair.Second) <= 2);
    }

    [Fact]
    public void A_bitmap_is_read()
    {
        byte[] bitmap = [.. "BM"u8, 58, 0, 0, 0, 0, 0, 0, 0, 54, 0, 0, 0, 40, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 24, 0,
            .. new byte[24], 30, 20, 10, 0];
        ImageFile.Read(bitmap).ToArray<byte>().Should().Equal(10, 20, 30);
    }

    [Fact]
    public void A_gif_is_read()
    {
        byte[] gif = [.. "GIF89a"u8, 1, 0, 1, 0, 0x80, 0, 0, 10, 20, 30, 0, 0, 0, 0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0, 0x3b];
        ImageFile.Read(gif).ToArray<byte>().Should().Equal(10, 20, 30);
    }

    [Fact]
    public void Transparency_is_dropped_and_colours_are_kept()
    {
        using var bitmap = new SKBitmap(new SKImageInfo(1, 1, SKColorType.Rgba8888, SKAlphaType.Unpremul));
        bitmap.SetPixel(0, 0, new(200, 100, 50, 128));
        using var data = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        ImageFile.Read(data.ToArray()).ToArray<byte>().Should().Equal(200, 100, 50);
    }

    [Theory]
    [InlineData("", "empty_file")]
    [InlineData("<svg xmlns=\"http://www.w3.org/2000/svg\"/>", "unsupported_format")]
    [InlineData("not an image", "unsupported_format")]
    public void What_is_no_image_is_refused(string content, string code)
        => Refused.With(code, () => ImageFile.Read(Encoding.UTF8.GetBytes(content)));

    [Theory]
    [InlineData(SKEncodedImageFormat.Png)]
    [InlineData(SKEncodedImageFormat.Jpeg)]
    [InlineData(SKEncodedImageFormat.Webp)]
    public void A_cut_image_is_refused(SKEncodedImageFormat format)
    {
        var whole = Encode(64, 64, format);
        foreach (var share in new[] { 0.1, 0.5, 0.9 })
            FluentActions.Invoking(() => ImageFile.Read(whole.AsMemory(0, (int)(whole.Length * share))))
                .Should().Throw<ModelFormatException>($"{share} of it");
    }

    [Theory]
    [InlineData(65535, 65535, "image_too_large")]
    [InlineData(int.MaxValue, int.MaxValue, "unsupported_format")]
    [InlineData(7000, 7000, "expansion_bomb")]
    [InlineData(0, 0, "unsupported_format")]
    public void Dimensions_are_checked_before_memory_is_taken(int width, int height, string code)
    {
        var bytes = Encode(2, 2, SKEncodedImageFormat.Png);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(16), width);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(20), height);
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(29), Crc32.HashToUInt32(bytes.AsSpan(12, 17)));
        var before = GC.GetAllocatedBytesForCurrentThread();
        Refused.With(code, () => ImageFile.Read(bytes));
        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(1 << 20);
    }

    [Fact]
    public void Every_photo_at_hand_is_read()
    {
        foreach (var path in Directory.GetFiles(ReferenceData.Path("data", "imagenet"), "*.JPEG", SearchOption.AllDirectories))
            ImageFile.Read(path).Rank.Should().Be(3, path);
    }

    private static byte[] Colour(int x, int y) => [(byte)(40 * x), (byte)(60 * y), 100];

    private static byte[] Encode(int width, int height, SKEncodedImageFormat format)
    {
        using var bitmap = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++) bitmap.SetPixel(x, y, new(Colour(x, y)[0], Colour(x, y)[1], Colour(x, y)[2]));
        }

        using var data = bitmap.Encode(format, 100);
        return data.ToArray();
    }
}

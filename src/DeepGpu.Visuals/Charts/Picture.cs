using System.Security.Cryptography;
using System.Text;
using DeepGpu.Formats;
using ScottPlot;
using SkiaSharp;

namespace DeepGpu.Visuals;

/// <summary>A picture, made by <see cref="TrainingCharts"/>, <see cref="GpuCharts"/>, <see cref="LayerPictures"/> or
/// <see cref="ModelDiagram"/>: written as PNG or SVG.</summary>
public sealed class Picture
{
    private const string Owner = nameof(Picture);
    private const int Most = 100_000;
    private const long MostPixels = 100_000_000;

    internal const int Least = 100;

    private readonly Action<SKCanvas, int, int> _draw;

    internal Picture(Action<SKCanvas, int, int> draw) => _draw = draw;

    internal Picture(Plot plot)
        : this((canvas, width, height) => plot.Render(canvas, width, height))
    {
    }

    /// <summary>The width in pixels, from 100 to 100,000. Default as fits the picture.</summary>
    public int Width { get; init => field = Length(value, nameof(Width)); } = 800;

    /// <summary>The height in pixels, from 100 to 100,000. Default as fits the picture.</summary>
    public int Height { get; init => field = Length(value, nameof(Height)); } = 500;

    /// <summary>The same picture in another size; it is drawn anew, not stretched.</summary>
    /// <param name="width">The width in pixels, from 100 to 100,000.</param>
    /// <param name="height">The height in pixels, from 100 to 100,000.</param>
    public Picture WithSize(int width, int height) => new(_draw) { Width = width, Height = height };

    /// <summary>The picture as the bytes of a PNG file.</summary>
    /// <exception cref="DeepGpuArgumentException">It has more than 100 million pixels.</exception>
    public byte[] ToPng()
    {
        if ((long)Width * Height > MostPixels)
            throw Require
                .OutOfRange(nameof(ToPng), nameof(Height), $"at most {MostPixels} pixels; SVG has no bound", $"{Width} x {Height}");
        using var surface = SKSurface.Create(new SKImageInfo(Width, Height));
        surface.Canvas.Clear(SKColors.White);
        _draw(surface.Canvas, Width, Height);
        using var image = surface.Snapshot();
        using var bytes = image.Encode(SKEncodedImageFormat.Png, 100);
        return bytes.ToArray();
    }

    /// <summary>The picture as the text of an SVG file.</summary>
    public string ToSvg()
    {
        using var bytes = new MemoryStream();
        using (var canvas = SKSvgCanvas.Create(SKRect.Create(Width, Height), bytes)) _draw(canvas, Width, Height);
        return Encoding.UTF8.GetString(bytes.ToArray());
    }

    /// <summary>The picture as an element of an HTML page: the SVG, as wide as there is room. Names inside it are its own, so that several
    /// stand in one page.</summary>
    public string ToHtml()
    {
        var svg = ToSvg();
        var own = "p" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(svg)))[..8] + "_";
        var body = svg[(svg.IndexOf("<svg", StringComparison.Ordinal) + "<svg".Length)..]
            .Replace(" id=\"", " id=\"" + own, StringComparison.Ordinal).Replace("url(#", "url(#" + own, StringComparison.Ordinal)
            .Replace("href=\"#", "href=\"#" + own, StringComparison.Ordinal);
        return FormattableString.Invariant($"<svg viewBox=\"0 0 {Width} {Height}\" style=\"max-width:100%;height:auto\"{body}");
    }

    /// <summary>Writes the picture; a file that is there is replaced once the new one is whole.</summary>
    /// <param name="path">The file. Its ending, .png or .svg, says in which form.</param>
    /// <exception cref="DeepGpuArgumentException">The ending is another.</exception>
    public void Save(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        var bytes = Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".png" => ToPng(),
            ".svg" => Encoding.UTF8.GetBytes(ToSvg()),
            var other => throw Require.OutOfRange(Owner, nameof(path), "a name that ends in .png or .svg", other),
        };
        AtomicFile.Write(path, stream => stream.Write(bytes));
    }

    /// <summary>The size, e.g. "Picture 800 x 500".</summary>
    public override string ToString() => FormattableString.Invariant($"{Owner} {Width} x {Height}");

    private static int Length(int value, string name)
        => value is >= Least and <= Most ? value : throw Require.OutOfRange(Owner, name, $"from {Least} to {Most}", value);
}

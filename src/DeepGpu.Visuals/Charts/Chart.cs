using System.Text;
using DeepGpu.Formats;
using ScottPlot;

namespace DeepGpu.Visuals;

/// <summary>A picture of figures, made by <see cref="TrainingCharts"/> or <see cref="GpuCharts"/>: written as PNG or SVG.</summary>
public sealed class Chart
{
    private const string Owner = nameof(Chart);

    private readonly Plot _plot;

    internal Chart(Plot plot) => _plot = plot;

    /// <summary>The width in pixels, at least 100. Default 800.</summary>
    public int Width { get; init => field = Require.AtLeast(value, 100, Owner, nameof(Width)); } = 800;

    /// <summary>The height in pixels, at least 100. Default 500.</summary>
    public int Height { get; init => field = Require.AtLeast(value, 100, Owner, nameof(Height)); } = 500;

    /// <summary>The picture as the bytes of a PNG file.</summary>
    public byte[] ToPng() => _plot.GetImageBytes(Width, Height, ImageFormat.Png);

    /// <summary>The picture as the text of an SVG file.</summary>
    public string ToSvg() => _plot.GetSvgXml(Width, Height);

    /// <summary>Writes the picture; a file that is there is replaced once the new one is whole.</summary>
    /// <param name="path">The file. Its ending, .png or .svg, says in which form.</param>
    /// <exception cref="DeepGpuArgumentException">The ending is another.</exception>
    public void Save(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var bytes = Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".png" => ToPng(),
            ".svg" => Encoding.UTF8.GetBytes(ToSvg()),
            var other => throw Require.OutOfRange(Owner, nameof(path), "a name that ends in .png or .svg", other),
        };
        AtomicFile.Write(path, stream => stream.Write(bytes));
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Owner} {Width} x {Height}";
}

using System.Text.RegularExpressions;
using System.Xml.Linq;
using DeepGpu.Formats;

namespace DeepGpu.Visuals.Tests;

/// <summary>What a picture shows, read back from its files.</summary>
internal static class Drawn
{
    /// <summary>The texts of an SVG, one for each that is drawn.</summary>
    public static IReadOnlyList<string> Texts(Picture picture)
        => [.. XDocument.Parse(picture.ToSvg()).Descendants().Where(element => element.Name.LocalName == "text")
            .Select(element => Regex.Replace(element.Value, @"\s+", " ").Trim())];

    /// <summary>The pixels of the PNG, (height, width, 3).</summary>
    public static NDArray Pixels(Picture picture) => ImageFile.Read(picture.ToPng());

    /// <summary>The share of pixels that are not white.</summary>
    public static double Ink(NDArray pixels)
    {
        var bytes = pixels.AsSpan<byte>();
        var inked = 0;
        for (var i = 0; i < bytes.Length; i += 3)
            if (bytes[i] < 250 || bytes[i + 1] < 250 || bytes[i + 2] < 250) inked++;
        return inked * 3.0 / bytes.Length;
    }

    /// <summary>Whether a frame of so many pixels at the edges is white: nothing is cut off.</summary>
    public static bool HasWhiteEdge(NDArray pixels, int width = 1)
    {
        var (rows, columns) = (pixels.Shape[0], pixels.Shape[1]);
        var bytes = pixels.AsSpan<byte>();
        for (var row = 0; row < rows; row++)
            for (var column = 0; column < columns; column++)
                if (row < width || row >= rows - width || column < width || column >= columns - width)
                    for (var channel = 0; channel < 3; channel++)
                        if (bytes[(row * columns + column) * 3 + channel] < 250) return false;
        return true;
    }
}

using DeepGpu.Visuals.Charts;
using ScottPlot.Colormaps;

namespace DeepGpu.Visuals.Layers;

/// <summary>Images beside themselves under heat.</summary>
internal static class HeatTiles
{
    private const double Cover = 0.5;

    private static readonly Turbo Colors = new();

    /// <summary>Two tiles for each image: itself, and under its heat.</summary>
    /// <param name="images">The images, (samples, height, width, channels).</param>
    /// <param name="heat">Their heat from 0 to 1, (samples, rows, columns).</param>
    /// <param name="names">What stands below each.</param>
    public static IReadOnlyList<ImageTile> Of(NDArray images, NDArray heat, IReadOnlyList<string> names)
        => [.. Enumerable.Range(0, images.Shape[0]).SelectMany(i =>
        {
            var image = ImageTile.Of(images.Slice(i, 1));
            return new[] { image, Under(image, heat.Slice(i, 1)) with { Caption = names[i] } };
        })];

    private static ImageTile Under(ImageTile image, NDArray heat)
    {
        var (rows, columns, values, rgba) = (heat.Shape[1], heat.Shape[2], ArrayNumbers.Of(heat), (byte[])image.Rgba.Clone());
        for (var pixel = 0; pixel < image.Width * image.Height; pixel++)
        {
            var (x, y) =
                ((pixel % image.Width + 0.5) / image.Width * columns - 0.5, (pixel / image.Width + 0.5) / image.Height * rows - 0.5);
            var color = Colors.GetColor(Between(values, rows, columns, y, x));
            byte[] over = [color.Red, color.Green, color.Blue];
            for (var channel = 0; channel < 3; channel++)
                rgba[4 * pixel + channel] = (byte)((1 - Cover) * rgba[4 * pixel + channel] + Cover * over[channel]);
        }

        return image with { Rgba = rgba };
    }

    /// <summary>Bilinear between the centres of the places; at the edges as the nearest.</summary>
    private static double Between(double[] values, int rows, int columns, double y, double x)
    {
        var (top, left) = ((int)Math.Floor(y), (int)Math.Floor(x));
        double At(int row, int column) => values[Math.Clamp(row, 0, rows - 1) * columns + Math.Clamp(column, 0, columns - 1)];
        var (down, right) = (y - top, x - left);
        return (1 - down) * ((1 - right) * At(top, left) + right * At(top, left + 1))
            + down * ((1 - right) * At(top + 1, left) + right * At(top + 1, left + 1));
    }
}

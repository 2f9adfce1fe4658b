using System.Globalization;
using DeepGpu.Visuals.Charts;

namespace DeepGpu.Visuals.Layers;

/// <summary>Kernels, feature maps and scores of attention as small pictures.</summary>
internal static class MapTiles
{
    /// <summary>A tile for each filter of a kernel, (height, width, inputs, filters).</summary>
    public static IReadOnlyList<ImageTile> OfKernel(NDArray kernel, int most)
    {
        var (height, width, inputs, filters) = (kernel.Shape[0], kernel.Shape[1], kernel.Shape[2], kernel.Shape[3]);
        var values = ArrayNumbers.Of(kernel);
        double Weight(int place, int input, int filter) => values[(place * inputs + input) * filters + filter];
        return [.. Enumerable.Range(0, Math.Min(most, filters)).Select(filter => inputs == 3
            ? ImageTile.Stretched(height, width, 3, index => Weight(index / 3, index % 3, filter)) with { Caption = Text(filter) }
            : ImageTile.Stretched(height, width, 1, place => Enumerable.Range(0, inputs).Average(input => Weight(place, input, filter)))
                with { Caption = Text(filter) })];
    }

    /// <summary>A tile for each channel of the first sample, (1, height, width, channels).</summary>
    public static IReadOnlyList<ImageTile> OfMaps(NDArray maps, int most)
    {
        var (height, width, channels, values) = (maps.Shape[1], maps.Shape[2], maps.Shape[3], ArrayNumbers.Of(maps));
        return [.. Enumerable.Range(0, Math.Min(most, channels)).Select(channel =>
            ImageTile.Stretched(height, width, 1, place => values[place * channels + channel]) with { Caption = Text(channel) })];
    }

    /// <summary>A tile for each head, (1, heads, queries, keys): dark is 1, white is 0.</summary>
    public static IReadOnlyList<ImageTile> OfAttention(NDArray scores)
    {
        var (heads, queries, keys, values) = (scores.Shape[1], scores.Shape[2], scores.Shape[3], ArrayNumbers.Of(scores));
        return [.. Enumerable.Range(0, heads).Select(head =>
            ImageTile.Of(queries, keys, 1, place => 1 - values[head * queries * keys + place]) with { Caption = $"head {Text(head)}" })];
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}

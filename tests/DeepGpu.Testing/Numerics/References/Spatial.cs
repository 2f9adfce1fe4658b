using DeepGpu.Models;

namespace DeepGpu.Testing.Numerics;

/// <summary>Data formats and the arithmetic of windows along spatial axes.</summary>
internal static class Spatial
{
    /// <summary>The input with its channels last.</summary>
    public static Values ChannelsLast(Values x, DataFormat format)
        => format == DataFormat.ChannelsLast ? x : x.Transpose([0, .. Enumerable.Range(2, x.Rank - 2), 1]);

    /// <summary>A result with its channels where the layer has them.</summary>
    public static Values InFormat(Values x, DataFormat format)
        => format == DataFormat.ChannelsLast ? x : x.Transpose([0, x.Rank - 1, .. Enumerable.Range(1, x.Rank - 2)]);

    /// <summary>The number of positions a window has along an axis and how many cells before the input the first one begins.</summary>
    /// <remarks>Valid: inside only. Same: ceil(n / stride) positions, the smaller half of what they need beyond the input before it.
    /// Causal: all of it before it.</remarks>
    public static (int Positions, int Before) Windows(int length, int reach, int stride, Padding padding)
    {
        if (padding == Padding.Valid) return ((length - reach) / stride + 1, 0);
        var positions = (length + stride - 1) / stride;
        if (padding == Padding.Causal) return (positions, reach - 1);
        return (positions, Math.Max((positions - 1) * stride + reach - length, 0) / 2);
    }
}

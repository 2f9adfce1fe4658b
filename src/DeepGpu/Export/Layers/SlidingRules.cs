using DeepGpu.Models;
using Window = DeepGpu.Export.ConvolutionRules.Window;

namespace DeepGpu.Export;

/// <summary>Margins and lengths of what slides over channels-first values.</summary>
internal static class SlidingRules
{
    public static long[] Longs(Extent extent, int spatial) => [.. extent.Over(spatial).Select(length => (long)length)];

    public static Shape Shape(GraphValue x, Window window)
        => Models.Layers.Window.Slide(x.Shape, x.Rank - 2, DataFormat.ChannelsFirst, window.Kernel, window.Strides, window.Dilation,
            window.Padding, window.Ceils);

    /// <summary>The attributes that state the margins: numbers where they do not depend on an open length, else ONNX's rule, which is that
    /// of 'same': one more after than before.</summary>
    public static IReadOnlyList<(string Name, object Value)> Padding(GraphValue x, Window window)
    {
        var sides = Enumerable.Range(0, x.Rank - 2).Select(d => Side(x.Shape[d + 2], d, window)).ToList();
        if (sides.All(side => side is not null))
            return [("pads", sides.Select(side => (long)side!.Value.Before).Concat(sides.Select(side
                => (long)side!.Value.After)).ToArray())];
        if (window.Dilation.Over(x.Rank - 2).Any(dilation => dilation > 1))
            throw new ExportRefusal("is dilated and strided with 'same' padding over an open length, for which ONNX has no rule");
        return [("auto_pad", "SAME_UPPER")];
    }

    /// <summary>Before and after along one axis; null where it depends on an open length.</summary>
    private static (int Before, int After)? Side(int? length, int d, Window window)
    {
        var (reach, stride) = ((window.Kernel[d] - 1) * window.Dilation[d] + 1, window.Strides[d]);
        if (window.Padding == Models.Padding.Causal) return (reach - 1, 0);
        if (window.Padding == Models.Padding.Valid) return (0, window.Ceils && length is { } n ? Beyond(n, reach, stride) : 0);
        if (stride == 1) return ((reach - 1) / 2, reach - 1 - (reach - 1) / 2);
        if (length is not { } known) return null;
        var total = Math.Max(((known + stride - 1) / stride - 1) * stride + reach - known, 0);
        return (total / 2, total - total / 2);
    }

    /// <summary>How far the last window reaches beyond the end, where lengths are rounded up.</summary>
    private static int Beyond(int length, int reach, int stride)
    {
        var positions = (length - reach + stride - 1) / stride + 1;
        if ((positions - 1) * stride >= length) positions--;
        return Math.Max((positions - 1) * stride + reach - length, 0);
    }
}

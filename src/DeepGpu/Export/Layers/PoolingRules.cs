using DeepGpu.Models;
using Window = DeepGpu.Export.ConvolutionRules.Window;

namespace DeepGpu.Export;

/// <summary>Poolings over windows, over all of space, and to a given size.</summary>
internal static class PoolingRules
{
    public static ExportTable AddTo(ExportTable table) => table
        .Unary<WindowPooling>(Pooled)
        .With<GlobalPooling>((layer, context, inputs) => [new(Global(layer, context, inputs[0]))])
        .Unary<AdaptivePooling>(Adaptive);

    private static GraphValue Pooled(WindowPooling layer, ExportContext context, GraphValue input)
    {
        var (g, spatial) = (context.Graph, layer.Spatial);
        var x = ConvolutionRules.ToChannelsFirst(g, input, layer.DataFormat);
        var window = new Window(layer.PoolSize, layer.Strides ?? layer.PoolSize, 1, layer.Padding, layer.CeilMode);
        var isOpen = layer.CeilMode && x.Shape.Axes.Skip(2).Any(length => length is null);
        IReadOnlyList<(string, object)> attributes = [.. SlidingRules.Padding(x, window),
            ("kernel_shape", SlidingRules.Longs(window.Kernel, spatial)), ("strides", SlidingRules.Longs(window.Strides, spatial)),
            ("ceil_mode", isOpen ? 1L : 0L)];
        var shape = SlidingRules.Shape(x, window);
        var pooled = IsMaximum(layer) ? g.Emit("MaxPool", [x], shape, x.Type, attributes)
            : g.Emit("AveragePool", [x], shape, x.Type, [.. attributes, ("count_include_pad", 0L)]);
        return ConvolutionRules.FromChannelsFirst(g, pooled, layer.DataFormat);
    }

    private static bool IsMaximum(PoolingLayer layer) => layer is MaxPooling1D or MaxPooling2D or MaxPooling3D or GlobalMaxPooling1D
        or GlobalMaxPooling2D or GlobalMaxPooling3D or AdaptiveMaxPooling1D or AdaptiveMaxPooling2D or AdaptiveMaxPooling3D;

    private static GraphValue Global(GlobalPooling layer, ExportContext context, ExportSignal input)
    {
        var (g, x) = (context.Graph, input.Tensor);
        int[] axes = [.. Enumerable.Range(layer.DataFormat == DataFormat.ChannelsLast ? 1 : 2, layer.Spatial)];
        if (IsMaximum(layer)) return g.Reduce("ReduceMax", x, axes, layer.KeepDims);
        if (input.Mask is not { } mask || layer is not GlobalAveragePooling1D) return g.Mean(x, axes, layer.KeepDims);
        var counted = g.Unsqueeze(mask, layer.DataFormat == DataFormat.ChannelsLast ? -1 : 1);
        var sum = g.Sum(g.Where(counted, x, 0), axes, layer.KeepDims);
        return g.Divide(sum, g.Sum(g.Cast(counted, DataType.Float32), axes, layer.KeepDims));
    }

    private static GraphValue Adaptive(AdaptivePooling layer, ExportContext context, GraphValue x)
        => Enumerable.Range(0, layer.Spatial).Aggregate(x, (value, dimension) =>
        {
            var (axis, count) = (layer.DataFormat.SpatialAxis(dimension), layer.OutputSize[dimension]);
            if (value.Shape[axis] is not { } length) return OpenBins.Pool(context.Graph, value, axis, count, IsMaximum(layer));
            var bins = Bins(length, count);
            return IsMaximum(layer) ? Largest(context.Graph, value, axis, bins) : Average(context.Graph, value, axis, bins);
        });

    /// <summary>Bin i of n reaches from floor(i L / n) to ceil((i + 1) L / n).</summary>
    private static (int Start, int End)[] Bins(int length, int count)
        => [.. Enumerable.Range(0, count).Select(i => (i * length / count, ((i + 1) * length + count - 1) / count))];

    private static GraphValue Average(GraphWriter g, GraphValue x, int axis, (int Start, int End)[] bins)
    {
        var length = x.Shape[axis]!.Value;
        var shares = Enumerable.Range(0, length).SelectMany(place => bins.Select(bin
            => place >= bin.Start && place < bin.End ? 1.0 / (bin.End - bin.Start) : 0));
        return g.Along(x, axis, g.Floats(shares, length, bins.Length));
    }

    private static GraphValue Largest(GraphWriter g, GraphValue x, int axis, (int Start, int End)[] bins)
        => g.Concatenate([.. bins.Select(bin
            => g.Reduce("ReduceMax", g.Narrow(x, axis, bin.Start, bin.End - bin.Start), [axis], keepsAxes: true))], axis);
}

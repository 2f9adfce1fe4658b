using DeepGpu.Models;

namespace DeepGpu.Export;

/// <summary>Convolutions. ONNX has the channels first, in inputs and kernels.</summary>
internal static class ConvolutionRules
{
    public static ExportTable AddTo(ExportTable table) => table
        .Unary<Convolution>((layer, context, x) => Around(layer, context, x, first => Convolve(context.Graph, first,
            context.Weight("kernel", OutputsFirst), context.OptionalWeight("bias"), WindowOf(layer), layer.Groups)))
        .Unary<DepthwiseConvolution>((layer, context, x) => Around(layer, context, x, first
            => Depthwise(context, first, "kernel", context.OptionalWeight("bias"), WindowOf(layer))))
        .Unary<SeparableConvolution>((layer, context, x) => Around(layer, context, x, first => Convolve(context.Graph,
            Depthwise(context, first, "depthwise_kernel", null, WindowOf(layer)), context.Weight("pointwise_kernel", OutputsFirst),
            context.OptionalWeight("bias"), new(1, 1, 1, Padding.Valid), 1)))
        .Unary<TransposedConvolution>((layer, context, x) => Around(layer, context, x, first => Transposed(layer, context, first)));

    /// <summary>A window that slides over the axes of space.</summary>
    public readonly record struct Window(Extent Kernel, Extent Strides, Extent Dilation, Padding Padding, bool Ceils = false);

    /// <summary>From (window..., inputs, outputs) to (outputs, inputs, window...).</summary>
    public static WeightNumbers OutputsFirst(WeightNumbers kernel)
        => kernel.Permute([kernel.Shape.Length - 1, kernel.Shape.Length - 2, .. Enumerable.Range(0, kernel.Shape.Length - 2)]);

    public static GraphValue ToChannelsFirst(GraphWriter g, GraphValue x, DataFormat format)
        => format == DataFormat.ChannelsFirst || x.Rank < 3 ? x : g.Move(x, -1, 1);

    public static GraphValue FromChannelsFirst(GraphWriter g, GraphValue x, DataFormat format)
        => format == DataFormat.ChannelsFirst || x.Rank < 3 ? x : g.Move(x, 1, -1);

    public static GraphValue Convolve(GraphWriter g, GraphValue x, GraphValue kernel, GraphValue? bias, Window window, int groups)
    {
        var padding = SlidingRules.Padding(x, window);
        var shape = SlidingRules.Shape(x, window).With(1, kernel.Shape[0]);
        var spatial = x.Rank - 2;
        return g.Emit("Conv", [x, kernel, bias], shape, x.Type, [.. padding, ("group", (long)groups),
            ("kernel_shape", SlidingRules.Longs(window.Kernel, spatial)), ("strides", SlidingRules.Longs(window.Strides, spatial)),
            ("dilations", SlidingRules.Longs(window.Dilation, spatial))]);
    }

    private static Window WindowOf(ConvolutionLayer layer) => new(layer.KernelSize, layer.Strides, layer.DilationRate, layer.Padding);

    private static GraphValue Around(ConvolutionLayer layer, ExportContext context, GraphValue x, Func<GraphValue, GraphValue> convolve)
    {
        var g = context.Graph;
        var output = FromChannelsFirst(g, convolve(ToChannelsFirst(g, x, layer.DataFormat)), layer.DataFormat);
        return ActivationRules.Apply(g, layer.Activation, output);
    }

    /// <summary>One group a channel: the kernel (window..., channels, multiplier) becomes (channels x multiplier, 1, window...).</summary>
    private static GraphValue Depthwise(ExportContext context, GraphValue x, string kernel, GraphValue? bias, Window window)
    {
        var spatial = x.Rank - 2;
        var filters = context.Weight(kernel, k => k.Permute([spatial, spatial + 1, .. Enumerable.Range(0, spatial)])
            .Reshape([k.Shape[^2] * k.Shape[^1], 1, .. k.Shape[..^2]]));
        return Convolve(context.Graph, x, filters, bias, window, x.Shape[1]!.Value);
    }

    /// <summary>Keras cuts the full transposed convolution at the start and pads it at the end: pads that ONNX knows, the end's negative
    /// where it is filled up.</summary>
    private static GraphValue Transposed(TransposedConvolution layer, ExportContext context, GraphValue x)
    {
        var spatial = layer.Spatial;
        var cuts = Enumerable.Range(0, spatial).Select(d => Cut(layer, d)).ToList();
        var shape = new Shape([x.Shape[0], layer.Filters, .. Enumerable.Range(0, spatial)
            .Select(d => x.Shape[d + 2] is { } n ? layer.Length(n, d) : (int?)null)]);
        return context.Graph.Emit("ConvTranspose",
            [x, context.Weight("kernel", InputsFirst), context.OptionalWeight("bias")], shape, x.Type,
            ("strides", SlidingRules.Longs(layer.Strides, spatial)), ("dilations", SlidingRules.Longs(layer.DilationRate, spatial)),
            ("kernel_shape", SlidingRules.Longs(layer.KernelSize, spatial)),
            ("pads", cuts.Select(cut => (long)cut.Before).Concat(cuts.Select(cut => (long)cut.After)).ToArray()),
            ("output_padding", cuts.Select(cut => (long)cut.Added).ToArray()));
    }

    private static WeightNumbers InputsFirst(WeightNumbers kernel)
        => kernel.Permute([kernel.Shape.Length - 1, kernel.Shape.Length - 2, .. Enumerable.Range(0, kernel.Shape.Length - 2)]);

    /// <summary>What is cut off before and after the full output, or added after it, the same for every length.</summary>
    private static (int Before, int After, int Added) Cut(TransposedConvolution layer, int dimension)
    {
        const int Sample = 64;
        var (reach, stride) = ((layer.KernelSize[dimension] - 1) * layer.DilationRate[dimension] + 1, layer.Strides[dimension]);
        var surplus = (Sample - 1) * stride + reach - layer.Length(Sample, dimension);
        var before = layer.Padding == Padding.Same ? Math.Max(surplus, 0) / 2 : 0;
        var after = surplus - before;
        return (before, Math.Max(after, 0), Math.Max(-after, 0));
    }
}

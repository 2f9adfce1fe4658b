using DeepGpu.Models;

namespace DeepGpu.Export;

/// <summary>Layers that reorder, cut, pad and repeat.</summary>
internal static class ReshapingRules
{
    public static ExportTable AddTo(ExportTable table) => table
        .Unary<Flatten>((layer, context, x) => Flattened(context.Graph, x, layer.DataFormat))
        .Unary<Reshape>((layer, context, x) => Reshaped(context.Graph, x, layer))
        .Unary<Permute>((layer, context, x) => context.Graph.Transpose(x, [0, .. layer.Dims]))
        .Unary<RepeatVector>((layer, context, x) => context.Graph.Expand(context.Graph.Unsqueeze(x, 1),
            Dim.Along(x, 0), layer.N, Dim.Along(x, 1)))
        .Unary<CroppingLayer>((layer, context, x) => Enumerable.Range(0, layer.Spatial).Aggregate(x, (value, dimension)
            => Cropped(context.Graph, value, layer.DataFormat.SpatialAxis(dimension), layer.Cropping[dimension])))
        .Unary<ZeroPadding>((layer, context, x) => context.Graph.Pad(x, [.. Enumerable.Range(0, x.Rank).Select(axis => Side(layer, axis))]))
        .Unary<UpSampling>((layer, context, x) => layer is UpSampling2D { Interpolation: not Interpolation.Nearest } smooth
            ? Interpolated(context.Graph, x, smooth) : Repeated(context.Graph, x, layer));

    private static GraphValue Flattened(GraphWriter g, GraphValue x, DataFormat format)
    {
        if (x.Rank == 1) return g.Unsqueeze(x, 1);
        var last = format == DataFormat.ChannelsFirst ? ConvolutionRules.FromChannelsFirst(g, x, DataFormat.ChannelsLast) : x;
        return g.Reshape(last, Dim.Along(last, 0), new Dim((int?)last.Shape.SampleElements));
    }

    private static GraphValue Reshaped(GraphWriter g, GraphValue x, Reshape layer)
    {
        var shape = layer.OutputShape(x.Shape);
        return g.Reshape(x, [Dim.Along(x, 0), .. shape.Axes.Skip(1).Select(length => new Dim(length))]);
    }

    private static GraphValue Cropped(GraphWriter g, GraphValue x, int axis, (int Before, int After) side)
        => side == (0, 0) ? x : g.Slice(x, axis, side.Before, side.After == 0 ? long.MaxValue : -side.After, 1,
            x.Shape[axis] - side.Before - side.After);

    private static (int Before, int After) Side(ZeroPadding layer, int axis)
    {
        var dimension = axis - layer.DataFormat.SpatialAxis(0);
        return dimension >= 0 && dimension < layer.Spatial ? layer.Padding[dimension] : (0, 0);
    }

    /// <summary>Each entry repeated along the axes of space.</summary>
    private static GraphValue Repeated(GraphWriter g, GraphValue x, UpSampling layer)
    {
        var first = ConvolutionRules.ToChannelsFirst(g, x, layer.DataFormat);
        var shape = new Shape(first.Shape.Axes.Select((length, axis) => axis < 2 ? length : length * layer.Size[axis - 2]));
        var scales = g.Floats([1, 1, .. layer.Size.Over(layer.Spatial).Select(n => (double)n)]);
        var repeated = g.Emit("Resize", [first, null, scales], shape, x.Type, ("mode", "nearest"),
            ("coordinate_transformation_mode", "asymmetric"), ("nearest_mode", "floor"));
        return ConvolutionRules.FromChannelsFirst(g, repeated, layer.DataFormat);
    }

    private static GraphValue Interpolated(GraphWriter g, GraphValue x, UpSampling2D layer)
    {
        var first = ConvolutionRules.ToChannelsFirst(g, x, layer.DataFormat);
        var (height, width) = (first.Shape[2], first.Shape[3]);
        var resized = height is { } h && width is { } w
            ? ImageRules.Resize(g, first, h * layer.Size[0], w * layer.Size[1], layer.Interpolation)
            : Open(g, first, layer);
        return ConvolutionRules.FromChannelsFirst(g, resized, layer.DataFormat);
    }

    /// <summary>ONNX's own rule, which is Keras's where nothing is made smaller.</summary>
    private static GraphValue Open(GraphWriter g, GraphValue x, UpSampling2D layer)
    {
        if (layer.Interpolation != Interpolation.Bilinear)
            throw new ExportRefusal($"interpolates by {layer.Interpolation} over an open length, for which ONNX has no rule");
        var shape = new Shape(x.Shape[0], x.Shape[1], x.Shape[2] * layer.Size[0], x.Shape[3] * layer.Size[1]);
        return g.Emit("Resize", [x, null, g.Floats([1, 1, layer.Size[0], layer.Size[1]])], shape, x.Type, ("mode", "linear"),
            ("coordinate_transformation_mode", "half_pixel"));
    }
}

using DeepGpu.Formats.Images;
using DeepGpu.Lowering;
using DeepGpu.Models;

namespace DeepGpu.Export;

/// <summary>Layers on images. Those that act in training only yield what they receive.</summary>
internal static class ImageRules
{
    public static ExportTable AddTo(ExportTable table) => table
        .Unary<ImageLayer>((layer, _, x) => layer.ActsInTrainingOnly ? x
            : throw new ExportRefusal("changes images in a way that has no operators of ONNX"), passesMask: true)
        .Unary<AutoContrast>((layer, context, x) => OnPixels(context.Graph, x, layer, pixels => Stretched(context.Graph, pixels, layer)),
            passesMask: true)
        .Unary<Resizing>((layer, context, x) => OnPixels(context.Graph, x, layer, pixels => Resized(context.Graph, pixels, layer)))
        .Unary<CenterCrop>((layer, context, x) => OnPixels(context.Graph, x, layer,
            pixels => Cropped(context.Graph, pixels, layer.Height, layer.Width)))
        .Unary<RandomCrop>((layer, context, x) => OnPixels(context.Graph, x, layer,
            pixels => ResizedWindow(context.Graph, pixels, layer.Height, layer.Width, Interpolation.Bilinear, antialias: false)),
            passesMask: true);

    /// <summary>Images (batch, channels, height, width) in another size.</summary>
    public static GraphValue Resize(GraphWriter g, GraphValue x, int height, int width, Interpolation interpolation, bool antialias = false)
    {
        if (x.Shape[2] is not { } h || x.Shape[3] is not { } w) return Open(g, x, height, width, interpolation, antialias);
        var rows = g.Along(x, 2, Matrix(g, h, height, interpolation, antialias));
        return g.MatMul(rows, Matrix(g, w, width, interpolation, antialias));
    }

    public static GraphValue OnPixels(GraphWriter g, GraphValue x, DataFormat format, Func<GraphValue, GraphValue> change)
        => ConvolutionRules.FromChannelsFirst(g, change(ConvolutionRules.ToChannelsFirst(g, x, format)), format);

    private static GraphValue OnPixels(GraphWriter g, GraphValue x, ImageLayer layer, Func<GraphValue, GraphValue> change)
        => OnPixels(g, x, layer.DataFormat, change);

    /// <summary>How much each old place gives to each new one: (old length, new length).</summary>
    private static GraphValue Matrix(GraphWriter g, int length, int newLength, Interpolation interpolation, bool antialias)
    {
        var (numbers, taps) = (new double[length * newLength], ImageTaps.Of(length, newLength, ImageFilters.Of(interpolation), antialias));
        foreach (var (place, tap) in taps.Index())
        {
            foreach (var (i, weight) in tap.Weights.Index()) numbers[(tap.First + i) * newLength + place] = weight;
        }

        return g.Floats(numbers, length, newLength);
    }

    /// <summary>ONNX's own rules, where the size of the images is open.</summary>
    private static GraphValue Open(GraphWriter g, GraphValue x, int height, int width, Interpolation interpolation, bool antialias)
    {
        (string, object)[] rule = interpolation switch
        {
            _ when antialias => throw new ExportRefusal("smooths images of an open size before it shrinks them"),
            Interpolation.Nearest => [("mode", "nearest"), ("nearest_mode", "round_prefer_ceil")],
            Interpolation.Bilinear => [("mode", "linear")],
            Interpolation.Bicubic => [("mode", "cubic"), ("cubic_coeff_a", -0.5f), ("exclude_outside", 1L)],
            _ => throw new ExportRefusal($"interpolates images of an open size by {interpolation}, for which ONNX has no operator"),
        };
        var sizes = g.ShapeVector([Dim.Along(x, 0), Dim.Along(x, 1), height, width]);
        return g.Emit("Resize", [x, null, null, sizes], x.Shape.With(2, height).With(3, width), x.Type,
            [.. rule, ("coordinate_transformation_mode", "half_pixel")]);
    }

    public static GraphValue Resized(GraphWriter g, GraphValue x, Resizing layer)
    {
        if (layer.CropToAspectRatio) return ResizedWindow(g, x, layer.Height, layer.Width, layer.Interpolation, layer.Antialias);
        return Resize(g, layer.PadToAspectRatio ? Padded(g, x, layer) : x, layer.Height, layer.Width, layer.Interpolation, layer.Antialias);
    }

    private static (int Height, int Width) Size(GraphValue x)
        => (ExportContext.Known(x, 2, "a cut of images"), ExportContext.Known(x, 3, "a cut of images"));

    private static GraphValue Cropped(GraphWriter g, GraphValue x, int height, int width)
    {
        var (h, w) = Size(x);
        var (down, right) = (h - height, w - width);
        return down >= 0 && right >= 0 ? g.Narrow(g.Narrow(x, 2, down / 2, height), 3, right / 2, width)
            : ResizedWindow(g, x, height, width, Interpolation.Bilinear, antialias: false);
    }

    private static GraphValue ResizedWindow(GraphWriter g, GraphValue x, int height, int width, Interpolation interpolation, bool antialias)
    {
        var (h, w) = Size(x);
        var window = ImageWindow.Inside(h, w, height, width);
        var inside = g.Narrow(g.Narrow(x, 2, window.Top, window.Height), 3, window.Left, window.Width);
        return Resize(g, inside, height, width, interpolation, antialias);
    }

    private static GraphValue Padded(GraphWriter g, GraphValue x, Resizing layer)
    {
        var (height, width) = Size(x);
        var canvas = ImageWindow.Around(height, width, layer.Height, layer.Width);
        return g.Pad(x, [(0, 0), (0, 0), (canvas.Top, canvas.Height - height - canvas.Top),
            (canvas.Left, canvas.Width - width - canvas.Left)], layer.FillValue);
    }

    /// <summary>Each channel of each image from its least to its most, over the whole range; a flat one stays.</summary>
    private static GraphValue Stretched(GraphWriter g, GraphValue x, AutoContrast layer)
    {
        var (low, high) = (layer.ValueRange[0], layer.ValueRange[1]);
        var least = g.Reduce("ReduceMin", x, [2, 3], keepsAxes: true);
        var span = g.Subtract(g.Reduce("ReduceMax", x, [2, 3], keepsAxes: true), least);
        var isFlat = g.Compare("Equal", span, 0);
        var share = g.Divide(g.Subtract(x, least), g.Where(isFlat, g.Number(1), span));
        return g.Where(isFlat, x, g.Clip(g.Add(g.Multiply(share, high - low), low), low, high));
    }
}

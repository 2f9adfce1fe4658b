using DeepGpu.Models;

namespace DeepGpu.Testing.Numerics;

/// <summary>Random layers that move numbers, images and categories.</summary>
internal static class ReshapingCases
{
    public static IEnumerable<(Type Layer, Func<Draw, NumericCase> Draw)> All => [.. Shapes, .. Images, .. Categories];

    private static IEnumerable<(Type, Func<Draw, NumericCase>)> Shapes =>
    [
        (typeof(Flatten), d => new(new Flatten { DataFormat = d.Format() }, CoreCases.Any(d))),
        (typeof(Reshape), d => new(new Reshape(d.Of<int[]>([3, -1], [-1, 2], [2, 3, -1]) is var shape ? [.. shape] : default), d.Batch(), 6,
            d.Int(1, 3))),
        (typeof(Permute), d => new(new Permute([.. d.Of<int[]>([3, 1, 2], [2, 1, 3], [1, 3, 2])]), d.Batch(), d.Int(1, 5), d.Int(1, 4),
            d.Int(1, 3))),
        (typeof(RepeatVector), d => new(new RepeatVector(d.Int(1, 5)), d.Batch(), d.Channels())),
        (typeof(Cropping1D), d => Spatial(d, 1, 5, new Cropping1D(Margins(d, 1)), format => layer => layer with { DataFormat = format })),
        (typeof(Cropping2D), d => Spatial(d, 2, 5, new Cropping2D(Margins(d, 2)), format => layer => layer with { DataFormat = format })),
        (typeof(Cropping3D), d => Spatial(d, 3, 5, new Cropping3D(Margins(d, 3)), format => layer => layer with { DataFormat = format })),
        (typeof(ZeroPadding1D), d => Spatial(d, 1, 1, new ZeroPadding1D(Margins(d, 1)),
            format => layer => layer with { DataFormat = format })),
        (typeof(ZeroPadding2D), d => Spatial(d, 2, 1, new ZeroPadding2D(Margins(d, 2)),
            format => layer => layer with { DataFormat = format })),
        (typeof(ZeroPadding3D), d => Spatial(d, 3, 1, new ZeroPadding3D(Margins(d, 3)),
            format => layer => layer with { DataFormat = format })),
        (typeof(UpSampling1D), d => Spatial(d, 1, 1, new UpSampling1D(d.Extent(1, 1, 3)),
            format => layer => layer with { DataFormat = format })),
        (typeof(UpSampling2D), d => Spatial(d, 2, 1,
            new UpSampling2D(d.Extent(2, 1, 3)) { Interpolation = d.Of(Enum.GetValues<Interpolation>()) }, format
                => layer => layer with { DataFormat = format })),
        (typeof(UpSampling3D), d => Spatial(d, 3, 1, new UpSampling3D(d.Extent(3, 1, 3)),
            format => layer => layer with { DataFormat = format })),
    ];

    private static IEnumerable<(Type, Func<Draw, NumericCase>)> Images =>
    [
        (typeof(Resizing), Resized),
        (typeof(CenterCrop), d => Spatial(d, 2, 2, new CenterCrop(d.Int(1, 6), d.Int(1, 6)),
            format => layer => layer with { DataFormat = format })),
        (typeof(Rescaling), d => d.Chance(2)
            ? new(new Rescaling([d.Real(-2, 2)]) { Offset = [d.Real(-1, 1)] }, CoreCases.Any(d))
            : new(new Rescaling([d.Real(-2, 2), 0.5, 2]) { Offset = [d.Real(-1, 1), 0, 1] }, d.Batch(), d.Int(1, 5), 3)),
        (typeof(Normalization), Normalized),
    ];

    private static IEnumerable<(Type, Func<Draw, NumericCase>)> Categories =>
    [
        (typeof(CategoryEncoding), d => new(new CategoryEncoding(5) { OutputMode =
            d.Of(OutputMode.OneHot, OutputMode.MultiHot, OutputMode.Count) }, d.Batch(), d.Int(1, 6)) { Below = 5, Trains = false }),
        (typeof(Discretization), d => new(new Discretization { BinBoundaries = [-0.4, 0.1, 0.6],
            OutputMode = d.Of(OutputMode.Int, OutputMode.OneHot, OutputMode.MultiHot, OutputMode.Count) }, d.Batch(),
                d.Int(1, 6)) { Trains = false }),
        (typeof(IntegerLookup), d => new(
            new IntegerLookup { Vocabulary = [4, 1, 7], NumOovIndices = d.Int(1, 3), MaskToken = d.Of<long?>(null, 0),
                OutputMode = d.Of(OutputMode.Int, OutputMode.OneHot, OutputMode.MultiHot, OutputMode.Count) },
            d.Batch(), d.Int(1, 6)) { Below = 9, Trains = false }),
    ];

    private static Margins Margins(Draw d, int spatial) => new([.. Enumerable.Range(0, spatial).Select(_ => (d.Int(0, 2), d.Int(0, 2)))]);

    /// <summary>A layer over spatial axes in one of the formats.</summary>
    private static NumericCase Spatial<TLayer>(Draw d, int spatial, int least, TLayer layer, Func<DataFormat, Func<TLayer,
        TLayer>> inFormat)
        where TLayer : Layer
    {
        var format = d.Format();
        return new(inFormat(format)(layer), Draw.Input(d.Batch(), d.Ints(spatial, least, least + 3), d.Int(1, 5), format))
        {
            OpenAxes =
            d.Open(spatial, format)
        };
    }

    private static NumericCase Resized(Draw d)
    {
        var (crop, pad) = (d.Chance(4), d.Chance(4));
        var layer = new Resizing(d.Int(1, 7), d.Int(1, 7))
        {
            Interpolation = d.Of(Enum.GetValues<Interpolation>()),
            Antialias = d.Chance(2),
            CropToAspectRatio = crop,
            PadToAspectRatio = pad && !crop,
            FillValue = d.Real(-1, 1),
        };
        return Spatial(d, 2, 2, layer, format => made => made with { DataFormat = format });
    }

    private static NumericCase Normalized(Draw d)
    {
        var axis = d.Of<int?>(-1, 1, null);
        var layer = new Normalization { Axis = axis, Invert = d.Chance(3) };
        if (d.Chance(3)) layer = layer with { Mean = [d.Real(-1, 1)], Variance = [d.Real(0.2, 2)] };
        return new(layer, d.Batch(), d.Int(1, 5), d.Int(1, 5));
    }
}

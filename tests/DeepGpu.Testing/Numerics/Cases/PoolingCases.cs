using DeepGpu.Models;

namespace DeepGpu.Testing.Numerics;

/// <summary>Random poolings.</summary>
internal static class PoolingCases
{
    public static IEnumerable<(Type Layer, Func<Draw, NumericCase> Draw)> All =>
    [
        (typeof(MaxPooling1D), d => Window(d, 1, size => new MaxPooling1D(size))),
        (typeof(MaxPooling2D), d => Window(d, 2, size => new MaxPooling2D(size))),
        (typeof(MaxPooling3D), d => Window(d, 3, size => new MaxPooling3D(size))),
        (typeof(AveragePooling1D), d => Window(d, 1, size => new AveragePooling1D(size))),
        (typeof(AveragePooling2D), d => Window(d, 2, size => new AveragePooling2D(size))),
        (typeof(AveragePooling3D), d => Window(d, 3, size => new AveragePooling3D(size))),
        (typeof(GlobalMaxPooling1D), d => Global(d, 1, new GlobalMaxPooling1D())),
        (typeof(GlobalMaxPooling2D), d => Global(d, 2, new GlobalMaxPooling2D())),
        (typeof(GlobalMaxPooling3D), d => Global(d, 3, new GlobalMaxPooling3D())),
        (typeof(GlobalAveragePooling1D), d => Global(d, 1, new GlobalAveragePooling1D())),
        (typeof(GlobalAveragePooling2D), d => Global(d, 2, new GlobalAveragePooling2D())),
        (typeof(GlobalAveragePooling3D), d => Global(d, 3, new GlobalAveragePooling3D())),
        (typeof(AdaptiveMaxPooling1D), d => Adaptive(d, 1, size => new AdaptiveMaxPooling1D(size))),
        (typeof(AdaptiveMaxPooling2D), d => Adaptive(d, 2, size => new AdaptiveMaxPooling2D(size))),
        (typeof(AdaptiveMaxPooling3D), d => Adaptive(d, 3, size => new AdaptiveMaxPooling3D(size))),
        (typeof(AdaptiveAveragePooling1D), d => Adaptive(d, 1, size => new AdaptiveAveragePooling1D(size))),
        (typeof(AdaptiveAveragePooling2D), d => Adaptive(d, 2, size => new AdaptiveAveragePooling2D(size))),
        (typeof(AdaptiveAveragePooling3D), d => Adaptive(d, 3, size => new AdaptiveAveragePooling3D(size))),
    ];

    private static NumericCase Window(Draw d, int spatial, Func<Extent, WindowPooling> make)
    {
        var layer = make(d.Extent(spatial, 1, 3)) with
        {
            Strides = d.Chance(3) ? null : d.Extent(spatial, 1, 3),
            Padding = d.Padding(),
            DataFormat = d.Format(),
        };
        if (layer.Padding == Padding.Valid && d.Chance(4)) layer = layer with { CeilMode = true };
        int[] lengths = [.. layer.PoolSize.Over(spatial).Select(size => size + d.Int(0, 7 - spatial))];
        return new(layer, Draw.Input(d.Batch(), lengths, d.Int(1, 6), layer.DataFormat)) { OpenAxes = d.Open(spatial, layer.DataFormat) };
    }

    private static NumericCase Global(Draw d, int spatial, GlobalPooling layer)
    {
        var (format, shape) = (d.Format(), d.Ints(spatial, 1, 6));
        if (layer is GlobalAveragePooling1D && d.Chance(2))
        {
            return new(layer with { KeepDims = d.Chance(2) }, d.Batch(), shape[0], d.Channels())
            {
                Masked = [true],
                FirstStepCounts = true
            };
        }

        return new(layer with { DataFormat = format, KeepDims = d.Chance(3) },
            Draw.Input(d.Batch(), shape, d.Channels(), format))
        { OpenAxes = d.Open(spatial, format) };
    }

    private static NumericCase Adaptive(Draw d, int spatial, Func<Extent, AdaptivePooling> make)
    {
        var layer = make(d.Extent(spatial, 1, 4)) with { DataFormat = d.Format() };
        return new(layer, Draw.Input(d.Batch(), d.Ints(spatial, 1, 7), d.Int(1, 6), layer.DataFormat))
        {
            OpenAxes =
            d.Open(spatial, layer.DataFormat)
        };
    }
}

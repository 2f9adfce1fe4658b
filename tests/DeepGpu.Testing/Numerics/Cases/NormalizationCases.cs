using System.Collections.Immutable;
using DeepGpu.Models;

namespace DeepGpu.Testing.Numerics;

/// <summary>Random normalisations, and layers that draw random numbers while training.</summary>
internal static class NormalizationCases
{
    public static IEnumerable<(Type Layer, Func<Draw, NumericCase> Draw)> All =>
    [
        (typeof(BatchNormalization), OverBatch),
        (typeof(LayerNormalization), d => new(new LayerNormalization { Axis = Axis(d), Center = !d.Chance(3), Scale = !d.Chance(3),
            RmsScaling = d.Chance(4), Epsilon = d.Of(1e-3, 1e-2) }, Shape(d))),
        (typeof(GroupNormalization), Grouped),
        (typeof(RMSNormalization), d => new(
            new RMSNormalization { Axis = Axis(d), Epsilon = d.Of(1e-3, 1e-2), ScaleOffset = d.Of<double?>(null, 1, -0.5) }, Shape(d))),
        (typeof(UnitNormalization), d => new(new UnitNormalization { Axis = Axis(d) }, Shape(d))),
        (typeof(SpectralNormalization), Spectral),
        .. Predicting(
            new Dropout(0.4), new GaussianNoise(0.3), new GaussianDropout(0.3), new AlphaDropout(0.3), new StochasticDepth(0.3)),
        (typeof(SpatialDropout1D), d => new(new SpatialDropout1D(0.4), d.Batch(), 3, d.Int(1, 5)) { Trains = false }),
        (typeof(SpatialDropout2D), d => new(new SpatialDropout2D(0.4), d.Batch(), 3, 2, d.Int(1, 5)) { Trains = false }),
        (typeof(SpatialDropout3D), d => new(new SpatialDropout3D(0.4), d.Batch(), 3, 2, 2, d.Int(1, 5)) { Trains = false }),
        (typeof(ActivityRegularization), d => new(new ActivityRegularization { L1 = 0.1, L2 = 0.2 }, CoreCases.Any(d))),
        .. new ImageLayer[] { new RandomFlip(), new RandomRotation(0.3), new RandomZoom(0.3), new RandomTranslation(0.2, 0.3),
        new RandomContrast(0.4), new RandomBrightness(0.4), new RandomErasing(), new RandomShear(0.2, 0.3), new RandomSharpness(0.4),
        new RandomPosterization(4), new Solarization(), new Equalization() }
            .Select(layer => (layer.GetType(), (Func<Draw, NumericCase>)(d => Image(d, layer)))),
        .. new ImageLayer[] { new RandomColorDegeneration(0.4), new RandAugment(), new AugMix() }
            .Select(layer => (layer.GetType(), (Func<Draw, NumericCase>)(d => Image(d, layer, d.Of(1, 3))))),
        (typeof(AutoContrast), d => Image(d, new AutoContrast { ValueRange = d.Of<ImmutableArray<double>>([0, 1], [-3, 2]) }) with
            { Trains = true }),
        (typeof(RandomCrop), d => Image(d, new RandomCrop(d.Int(1, 5), d.Int(1, 5)))),
    ];

    private static IEnumerable<(Type, Func<Draw, NumericCase>)> Predicting(params Layer[] layers)
        => layers.Select(layer => (layer.GetType(), (Func<Draw, NumericCase>)(d => new(layer, CoreCases.Any(d)) { Trains = false })));

    private static NumericCase Image(Draw d, ImageLayer layer, int? channels = null)
    {
        var format = d.Format();
        return new(layer with { DataFormat = format }, Draw.Input(d.Batch(), d.Ints(2, 2, 5), channels ?? d.Int(1, 4), format))
        {
            Trains = false,
        };
    }

    private static NumericCase Spectral(Draw d)
    {
        var (inner, sample) = d.Int(0, 3) switch
        {
            0 => ((Layer)new Dense(d.Int(1, 9), d.Activation()) { UseBias = d.Chance(2) }, d.Ints(1, 1, 9)),
            1 => (new Conv2D(d.Int(1, 5), d.Extent(2, 1, 3), d.Activation()), [4, 5, d.Int(1, 5)]),
            2 => (new Conv1DTranspose(d.Int(1, 5), 3), [d.Int(1, 5), d.Int(1, 5)]),
            _ => (new DepthwiseConv2D(2) { DepthMultiplier = d.Int(1, 3) }, [3, 3, d.Int(1, 4)]),
        };
        return new(new SpectralNormalization(inner) { PowerIterations = d.Int(1, 3) }, [d.Batch(), .. sample]);
    }

    private static Axes Axis(Draw d) => d.Of(-1, -1, 1, new Axes(1, 2), new Axes(2, 1), new Axes(1, 3));

    /// <summary>Normalised axes long enough for a variance that is not next to nothing.</summary>
    private static int[] Shape(Draw d) => [d.Batch(), d.Int(3, 6), d.Int(3, 6), d.Int(3, 17)];

    private static NumericCase Grouped(Draw d)
    {
        var (groups, last) = (d.Of(-1, 1, 2, 3), d.Chance(2));
        var channels = Math.Max(groups, 1) * d.Int(1, 4);
        var layer = new GroupNormalization { Groups = groups, Axis = last ? -1 : 1, Center = !d.Chance(3), Scale = !d.Chance(3) };
        return new(layer, last ? [d.Batch(), d.Int(3, 6), d.Int(2, 3), channels] : [d.Batch(), channels, d.Int(3, 6), d.Int(2, 3)]);
    }

    private static NumericCase OverBatch(Draw d)
    {
        var layer = new BatchNormalization
        {
            Axis = d.Of(-1, -1, 1),
            Momentum = d.Of(0.99, 0.6),
            Epsilon = d.Of(1e-3, 1e-2),
            Center = !d.Chance(4),
            Scale = !d.Chance(4),
            Trainable = !d.Chance(6),
            Renorm = d.Chance(4),
        };
        if (layer.Renorm && d.Chance(2)) layer = layer with { RenormClipping = new(0.8, 1.3, 0.5), RenormMomentum = 0.7 };
        if (d.Chance(3)) return new(layer with { Axis = -1 }, d.Of(2, 33), d.Int(3, 6), d.Channels())
        {
            Masked = [true],
            FirstStepCounts = true
        };
        return new(layer, [d.Batch(), d.Int(4, 6), .. d.Ints(d.Int(1, 2), 3, 5)]);
    }
}

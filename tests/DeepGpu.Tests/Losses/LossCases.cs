namespace DeepGpu.Tests.Training.Numbers;

/// <summary>A loss with options of its own, and the losses of samples that plain loops give.</summary>
internal sealed record LossCase(string Name, Func<Reduction, Loss> Make, Grid Target, Grid Output, Grid Losses)
{
    /// <summary>Which losses count, in their shape; null for all.</summary>
    public Grid? Counted { get; init; }
}

/// <summary>Every loss, each option away from its default and asymmetric. Formulas: Keras 3, https://keras.io/api/losses/.</summary>
internal static class LossCases
{
    private const double Epsilon = 1e-7;

    private static readonly Grid Numbers = Grid.Spread(-2, 3, 1, 3, 4);
    private static readonly Grid Near = Grid.Spread(-2, 3, 2, 3, 4);
    private static readonly Grid Shares = Grid.Spread(0.05, 0.95, 3, 3, 4);
    private static readonly Grid Truth = Grid.Of([3, 4], 1, 0, 0, 1, 0, 1, 0, 0, 1, 1, 1, 0);
    private static readonly Grid OneHot = Grid.Of([3, 4], 0, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0, 1);
    private static readonly Grid DeepNumbers = Grid.Spread(-2, 3, 4, 2, 3, 5);
    private static readonly Grid DeepShares = Grid.Spread(0.05, 0.95, 5, 2, 3, 5);
    private static readonly Grid DeepTruth = Grid.Spread(0, 1, 6, 2, 3, 5).Map(x => x > 0.6 ? 1 : 0);

    /// <summary>The class of each place of (2, 3 classes, 5), one-hot along axis 1.</summary>
    private static readonly Grid DeepClasses = Grid.Of([2, 5], 0, 2, 1, 1, 0, 2, 2, 0, 1, 2);
    private static readonly Grid DeepOneHot = new([2, 3, 5],
        [.. from b in Enumerable.Range(0, 2) from c in Enumerable.Range(0, 3) from p in Enumerable.Range(0,
        5) select DeepClasses.Values[b * 5 + p] == c ? 1.0 : 0]);

    public static IReadOnlyList<LossCase> All { get; } = [.. OfNumbers(), .. OfSegments(), .. OfSigns(), .. OfTruth(), .. OfClasses()];

    private static IEnumerable<LossCase> OfNumbers() =>
    [
        Mean("MeanSquaredError", r => Loss.MeanSquaredError(r), Numbers, Near, (t, o) => (t - o) * (t - o)),
        Mean("MeanAbsoluteError", r => Loss.MeanAbsoluteError(r), Numbers, Near, (t, o) => Math.Abs(t - o)),
        Mean("MeanAbsolutePercentageError", r
            => Loss.MeanAbsolutePercentageError(r), Numbers.Map(x => x < -1 ? 0 : x), Near, (t, o)
            => 100 * Math.Abs(t - o) / Math.Max(Math.Abs(t), Epsilon)),
        Mean("MeanSquaredLogarithmicError", r
            => Loss.MeanSquaredLogarithmicError(r), Numbers, Near, (t, o)
            => Math.Pow(Math.Log(Math.Max(t, Epsilon) + 1) - Math.Log(Math.Max(o, Epsilon) + 1), 2)),
        Mean("Huber", r
            => Loss.Huber(0.7, r), Numbers, Near, (t, o) => Math.Abs(t - o) <= 0.7 ? (t - o) * (t - o) / 2 : 0.7 * Math.Abs(t - o) - 0.245),
        Mean("LogCosh", r => Loss.LogCosh(r), Numbers, Near, (t, o) => Math.Log(Math.Cosh(o - t))),
        Mean("Poisson", r => Loss.Poisson(r), Truth, Shares, (t, o) => o - t * Math.Log(o + Epsilon)),
        Line("CosineSimilarity", r
            => Loss.CosineSimilarity(1, r), DeepNumbers, DeepShares, 1, (t, o) => -Dot(t, o) / Math.Sqrt(Dot(t, t) * Dot(o, o))),
        Line("KLDivergence", r
            => Loss.KLDivergence(r), OneHot, Shares, 1, (t, o)
            => t.Zip(o, (p, q) => Math.Max(p, Epsilon) * Math.Log(Math.Max(p, Epsilon) / q)).Sum()),
    ];

    private static IEnumerable<LossCase> OfSegments() =>
    [
        Line("Dice", r => Loss.Dice([1], r), DeepTruth, DeepShares, 1, (t, o) => 1 - 2 * Dot(t, o) / (t.Sum() + o.Sum() + Epsilon)),
        Line("Tversky", r => Loss.Tversky(0.3, 0.9, [1], r), DeepTruth, DeepShares, 1, (t, o) => TverskyOf(t, o, 0.3, 0.9)),
        new("Tversky", r
            => Loss.Tversky(0.9, 0.2, null, r), DeepTruth, DeepShares,
            Grid.Of([], TverskyOf(DeepTruth.Values, DeepShares.Values, 0.9, 0.2))),
    ];

    private static IEnumerable<LossCase> OfSigns() =>
    [
        Mean("Hinge", r => Loss.Hinge(r), Truth.Map(x => 2 * x - 1), Near, (t, o) => Math.Max(1 - t * o, 0)),
        Mean("Hinge", r => Loss.Hinge(r), Truth, Near, (t, o) => Math.Max(1 - (2 * t - 1) * o, 0)),
        Mean("SquaredHinge", r => Loss.SquaredHinge(r), Truth, Near, (t, o) => Math.Pow(Math.Max(1 - (2 * t - 1) * o, 0), 2)),
        Line("CategoricalHinge", r
            => Loss.CategoricalHinge(r), OneHot, Near, 1, (t, o) => Math.Max(1 + t.Zip(o, (a, b) => (1 - a) * b).Max() - Dot(t, o), 0)),
    ];

    private static IEnumerable<LossCase> OfTruth() =>
    [
        Line("BinaryCrossentropy", r
            => Loss.BinaryCrossentropy(fromLogits: true, labelSmoothing: 0.3, axis: 1, reduction: r), DeepTruth, DeepNumbers, 1, (t, o)
            => t.Zip(o, (a, b) => Binary(Smooth(a, 0.3), Sigmoid(b))).Average()),
        Line("BinaryCrossentropy", r
            => Loss.BinaryCrossentropy(labelSmoothing: 0.1, reduction: r), Truth, Shares, 1, (t, o)
            => t.Zip(o, (a, b) => Binary(Smooth(a, 0.1), b)).Average()),
        Line("BinaryFocalCrossentropy", r
            => Loss.BinaryFocalCrossentropy(true, 0.8, 1.5, true, 0.3, 1, r), DeepTruth, DeepNumbers, 1, (t, o)
            => t.Zip(o, (a, b) => Focal(Smooth(a, 0.3), Sigmoid(b), 1.5) * Balance(Smooth(a, 0.3), 0.8)).Average()),
        Line("BinaryFocalCrossentropy", r
            => Loss.BinaryFocalCrossentropy(gamma: 3, reduction: r), Truth, Shares, 1, (t, o)
            => t.Zip(o, (a, b) => Focal(a, b, 3)).Average()),
    ];

    private static IEnumerable<LossCase> OfClasses() =>
    [
        Line("CategoricalCrossentropy", r
            => Loss.CategoricalCrossentropy(true, 0.2, 1, r), DeepOneHot, DeepNumbers, 1, (t, o) => Cross(t, Softmax(o), 0.2)),
        Line("CategoricalCrossentropy", r
            => Loss.CategoricalCrossentropy(labelSmoothing: 0.1, reduction: r), OneHot, Shares, 1, (t, o)
            => Cross(t, [.. o.Select(p => p / o.Sum())], 0.1)),
        Line("CategoricalFocalCrossentropy", r
            => Loss.CategoricalFocalCrossentropy([0.7], 1.5, true, 0.2, 1, r), DeepOneHot, DeepNumbers, 1, (t, o)
            => FocalCross(t, Softmax(o), [0.7, 0.7, 0.7], 1.5, 0.2)),
        Line("CategoricalFocalCrossentropy", r
            => new CategoricalFocalCrossentropy { Alpha = [0.1, 0.9, 0.4, 2], Gamma = 3, Reduction = r }, OneHot, Shares, 1, (t, o)
            => FocalCross(t, [.. o.Select(p => p / o.Sum())], [0.1, 0.9, 0.4, 2], 3, 0)),
        Line("CategoricalGeneralizedCrossEntropy", r
            => Loss.CategoricalGeneralizedCrossEntropy(0.3, r), OneHot, Shares, 1, (t, o)
            => (1 - Math.Pow(Dot(t, o), 0.3)) / 0.3) with { Target = Grid.Of([3], 2, 0, 3) },
        Line("SparseCategoricalCrossentropy", r
            => Loss.SparseCategoricalCrossentropy(true, 2, 1, r), DeepOneHot, DeepNumbers, 1, (t, o)
            => t[2] == 1 ? 0 : Cross(t, Softmax(o), 0)) with { Target = DeepClasses, Counted = DeepClasses.Map(c => c == 2 ? 0 : 1) },
        Line("SparseCategoricalCrossentropy", r
            => Loss.SparseCategoricalCrossentropy(reduction: r), OneHot, Shares, 1, (t, o)
            => Cross(t, [.. o.Select(p => p / o.Sum())], 0)) with { Target = Grid.Of([3, 1], 2, 0, 3) },
    ];

    private static LossCase Mean(string name, Func<Reduction, Loss> make, Grid target, Grid output, Func<double, double, double> loss)
        => Line(name, make, target, output, 1, (t, o) => t.Zip(o, loss).Average());

    private static LossCase Line(string name, Func<Reduction, Loss> make, Grid target, Grid output, int axis, Func<double[], double[],
        double> loss)
        => new(name, make, target, output, Grid.Each(target, output, axis, loss));

    private static double Dot(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum();

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

    private static double[] Softmax(double[] x) => [.. x.Select(v => Math.Exp(v) / x.Sum(Math.Exp))];

    private static double Smooth(double truth, double smoothing) => truth * (1 - smoothing) + smoothing / 2;

    private static double Binary(double t, double p) => -(t * Math.Log(p) + (1 - t) * Math.Log(1 - p));

    private static double Focal(double t, double p, double gamma) => Math.Pow(1 - (t * p + (1 - t) * (1 - p)), gamma) * Binary(t, p);

    private static double Balance(double t, double alpha) => t * alpha + (1 - t) * (1 - alpha);

    private static double Cross(double[] t, double[] p, double smoothing)
        => -t.Zip(p, (a, b) => (a * (1 - smoothing) + smoothing / t.Length) * Math.Log(b)).Sum();

    private static double FocalCross(double[] t, double[] p, double[] alpha, double gamma, double smoothing)
        => -t.Select((a, i) => alpha[i] * Math.Pow(1 - p[i], gamma) * (a * (1 - smoothing) + smoothing / t.Length) * Math.Log(p[i])).Sum();

    private static double TverskyOf(double[] t, double[] o, double alpha, double beta)
    {
        var (hits, alarms, missed) = (Dot(t, o), t.Zip(o, (a, b) => (1 - a) * b).Sum(), t.Zip(o, (a, b) => a * (1 - b)).Sum());
        return 1 - hits / (hits + alpha * alarms + beta * missed + Epsilon);
    }
}

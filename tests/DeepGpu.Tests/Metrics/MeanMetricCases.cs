namespace DeepGpu.Tests.Training.Numbers;

/// <summary>Metrics that are weighted means: the numbers they are the mean of, with weights of every shape, over two batches. Rule: Keras
/// 3's
/// reduce_to_samplewise_values, by which a sample counts with the mean of its weights.</summary>
internal static class MeanMetricCases
{
    private static readonly Grid Numbers = Grid.Spread(-1, 2, 11, 3, 4);
    private static readonly Grid Near = Grid.Spread(-1, 2, 12, 3, 4);
    private static readonly Grid Shares = Grid.Spread(0.05, 0.95, 13, 3, 4);
    private static readonly Grid Truth = Grid.Of([3, 4], 1, 0, 0, 1, 0, 1, 0, 0, 1, 1, 1, 0);
    private static readonly Grid OneHot = Grid.Of([3, 4], 0, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0, 1);
    private static readonly Grid Classes = Grid.Of([3], 2, 0, 3);
    private static readonly Grid Digits = Grid.Of([3, 4], 1, 2, 0, 3, 1, 1, 2, 0, 3, 2, 2, 0);
    private static readonly Grid Guesses = Grid.Of([3, 4], 1, 0, 0, 3, 2, 1, 2, 1, 3, 2, 0, 0);
    private static readonly Grid Deep = Grid.Spread(-1, 2, 14, 2, 3, 5);
    private static readonly Grid DeepNear = Grid.Spread(-1, 2, 15, 2, 3, 5);

    public static IReadOnlyList<MetricCase> All { get; } = [.. Elements(), .. Samples(), .. AlongAxes(), .. Losses(), .. Special()];

    private static IEnumerable<MetricCase> Elements() =>
    [
        .. Cases(new EqualAccuracy(), Digits, Guesses, Grid.Elements(Digits, Guesses, (t, o) => t == o ? 1 : 0)),
        .. Cases(new BinaryAccuracy { Threshold = 0.3 }, Truth, Shares,
            Grid.Elements(Truth, Shares, (t, o) => (o > 0.3 ? 1 : 0) == t ? 1 : 0)),
        .. Cases(new Accuracy(), Truth.As(12, 1), Shares.As(12, 1),
            Grid.Elements(Truth.As(12, 1), Shares.As(12, 1), (t, o) => (o > 0.5 ? 1 : 0) == t ? 1 : 0)),
        .. Cases(new RootMeanSquaredError(), Numbers, Near, Grid.Elements(Numbers, Near, (t, o) => (t - o) * (t - o)), Math.Sqrt),
        .. Cases(new Mean(), Numbers, Near, Near),
    ];

    private static IEnumerable<MetricCase> Samples() =>
    [
        .. Cases(new Accuracy(), Classes, Shares, Largest(1, OneHot)), .. Cases(new Accuracy(), OneHot, Shares, Largest(1, OneHot)),
        .. Cases(new CategoricalAccuracy(), OneHot, Shares, Largest(1, OneHot)),
            .. Cases(new SparseCategoricalAccuracy(), Classes.As(3, 1), Shares, Largest(1, OneHot)),
        .. Cases(new TopKCategoricalAccuracy { K = 3 }, OneHot, Shares, Largest(3, OneHot)),
            .. Cases(new SparseTopKCategoricalAccuracy { K = 2 }, Classes, Shares, Largest(2, OneHot)),
        .. Cases(new SparseTopKCategoricalAccuracy { K = 2, FromSortedIds = true }, Grid.Of([3], 3, 1, 2), Digits, Grid.Of([3], 0, 1, 1)),
    ];

    private static IEnumerable<MetricCase> AlongAxes() =>
    [
        .. Cases(new CosineSimilarityMetric { Axis = 1 }, Deep, DeepNear,
            Grid.Each(Deep, DeepNear, 1, (t, o) => Dot(t, o) / Math.Sqrt(Dot(t, t) * Dot(o, o)))),
        .. Cases(new PearsonCorrelation { Axis = 1 }, Deep, DeepNear,
            Grid.Each(Deep, DeepNear, 1, (t, o) => Covariance(t, o) / ((Deviation(t) + 1e-7) * (Deviation(o) + 1e-7)))),
        .. Cases(new ConcordanceCorrelation { Axis = 1 }, Deep, DeepNear, Grid.Each(Deep, DeepNear, 1, Concordance)),
    ];

    /// <summary>The mean of every loss, by its losses of samples.</summary>
    private static IEnumerable<MetricCase> Losses()
        => LossCases.All.Where(c => c.Losses.Shape.Length > 0)
            .SelectMany(c => Cases(new LossMetric(c.Make(Reduction.Sum)), c.Target, c.Output, c.Losses, counted: c.Counted));

    private static IEnumerable<MetricCase> Special()
    {
        var (target, output) = (Grid.Spread(0, 1, 16, 3, 4), Grid.Spread(0, 1, 17, 3, 4));
        var dice = 1 - 2 * Dot(target.Values, output.Values) / (target.Values.Sum() + output.Values.Sum() + 1e-7);
        var weights = Grid.Of([3], 1, 0.5, 3);
        yield return MetricCase.Of("one number for the batch", Metric.Of(Loss.Dice()), new(target, output, weights), dice);
        yield return MetricCase.Of("Sum", new Sum(), new(Numbers, Near, Grid.Of([3, 1], 1, 0.5, 3)),
            Near.Values.Zip(Grid.Of([3], 1, 0.5, 3).RepeatedOver([3, 4]), (v, w) => v * w).Sum());
    }

    /// <summary>Cases without weights and with weights of each shape that Keras takes, each of two batches: the first weighted so, the
    /// second with one weight a sample.</summary>
    private static IEnumerable<MetricCase> Cases(Metric metric, Grid target, Grid output, Grid numbers, Func<double, double>? last = null,
        Grid? counted = null)
    {
        var name = metric is LossMetric loss ? loss.Loss.GetType().Name : metric.GetType().Name;
        var samples = numbers.Shape[0];
        var second = Grid.Spread(0.2, 3, 30, samples);
        foreach (var weights in Weights(numbers.Shape).Append(null))
        {
            var (sum, count) = Share(numbers, weights, counted);
            if (weights is not null) (sum, count) = Plus((sum, count), Share(numbers, second, counted));
            MetricCall[] calls = weights is null ? [new(target, output)] : [new(target, output, weights), new(target, output, second)];
            yield return new($"{name}, weights {(weights is null ? "none" : $"({string.Join(", ", weights.Shape)})")}", metric, calls,
                [(last ?? (x => x))(sum / count)]);
        }
    }

    private static IEnumerable<Grid> Weights(int[] shape)
    {
        yield return Grid.Spread(0.2, 3, 21, shape[0]);
        yield return Grid.Spread(0.2, 3, 22, shape[0], 1);
        yield return Grid.Spread(0.2, 3, 23);
        if (shape.Length < 2) yield break;
        yield return Grid.Spread(0.2, 3, 24, shape);
        yield return Grid.Spread(0.2, 3, 25, [1, .. shape[1..]]);
        yield return Grid.Spread(0.2, 3, 26, [.. shape, 1]);
    }

    /// <summary>What a batch adds to the sum and to the count: of each sample the mean of its weighted numbers and of its
    /// weights.</summary>
    private static (double Sum, double Count) Share(Grid numbers, Grid? weights, Grid? counted)
    {
        if (weights is null) return (numbers.Values.Sum() * numbers.Shape[0] / numbers.Count, numbers.Shape[0]);
        if (weights.Shape.Length == 0 && counted is null) return (numbers.Values.Average() * weights.Values[0], weights.Values[0]);
        var each = weights.RepeatedOver(numbers.Shape);
        if (counted is not null) each = [.. each.Zip(counted.Values, (w, c) => w * c)];
        var share = (double)numbers.Shape[0] / numbers.Count;
        return (numbers.Values.Zip(each, (n, w) => n * w).Sum() * share, each.Sum() * share);
    }

    private static (double, double) Plus((double Sum, double Count) a, (double Sum, double Count) b) => (a.Sum + b.Sum, a.Count + b.Count);

    private static Grid Largest(int k, Grid oneHot) => Grid.Each(oneHot, Shares, 1, (t, o) => o.Count(p => p > Dot(t, o)) < k ? 1 : 0);

    private static double Dot(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum();

    private static double Covariance(double[] a, double[] b) => a.Zip(b, (x, y) => (x - a.Average()) * (y - b.Average())).Average();

    private static double Deviation(double[] a) => Math.Sqrt(Covariance(a, a));

    private static double Concordance(double[] t, double[] o)
        => 2 * Covariance(t, o) / (Covariance(t, t) + Covariance(o, o) + Math.Pow(t.Average() - o.Average(), 2) + 1e-7);
}

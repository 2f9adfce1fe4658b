namespace DeepGpu.Tests.Training.Numbers;

/// <summary>Scores of classes and of regressions, and intersections over unions, by plain loops. Rules: Keras 3's f_score_metrics,
/// regression_metrics and
/// iou_metrics.</summary>
internal static class ScoreMetricCases
{
    private const double Epsilon = 1e-7;

    private static readonly Grid Truth = Grid.Of([5, 3], 1, 0, 0, 0, 1, 1, 0, 0, 1, 1, 1, 0, 0, 1, 0);
    private static readonly Grid Shares = Grid.Of([5, 3], 0.81, 0.12, 0.33, 0.27, 0.61, 0.74, 0.52, 0.44, 0.07, 0.93, 0.38, 0.66, 0.19,
        0.57, 0.47);
    private static readonly Grid Numbers = Grid.Spread(-1, 2, 51, 5, 3);
    private static readonly Grid Near = Numbers.Map(x => 0.8 * x + 0.1);
    private static readonly Grid[] EveryWeights = [Grid.Of([5], 1, 2, 0.5, 3, 0.25), Grid.Of([5, 1], 2, 1, 3, 0.5, 1),
        Grid.Spread(0.2, 3, 52, 5, 3), Grid.Of([1, 3], 2, 0.5, 1)];

    public static IReadOnlyList<MetricCase> All { get; } = [.. Scores(), .. Determination(), .. Unions()];

    private static IEnumerable<MetricCase> Scores()
    {
        foreach (var weights in EveryWeights.Append(null))
        {
            foreach (var average in Enum.GetValues<MetricAverage>())
            {
                yield return Of(Metric.FBetaScore(average, 2.5, 0.45), weights,
                    Score(Shares.Map(p => p > 0.45 ? 1 : 0), weights, 2.5, average));
                yield return Of(Metric.F1Score(average), weights,
                    Score(new(Shares.Shape, [.. Shares.Lines(1).SelectMany(line => line.Select(p => p == line.Max() ? 1.0 : 0))]), weights,
                    1, average));
            }
        }
    }

    private static double[] Score(Grid guess, Grid? weights, double beta, MetricAverage average)
    {
        var each = weights?.RepeatedOver([5, 3]) ?? [.. Truth.Values.Select(_ => 1.0)];
        double Sum(int c, Func<double, double, double> of)
            => Enumerable.Range(0, 5).Sum(i => of(Truth.Values[3 * i + c], guess.Values[3 * i + c]) * each[3 * i + c]);
        double[] hits = Classes((t, g) => t * g), alarms = Classes((t, g) => (1 - t) * g), missed = Classes((t, g) => t * (1 - g));
        double[] Classes(Func<double, double, double> of) => [.. Enumerable.Range(0, 3).Select(c => Sum(c, of))];
        double One(double hit, double alarm, double miss)
        {
            var (precision, recall) = (hit / (hit + alarm + Epsilon), hit / (hit + miss + Epsilon));
            return (1 + beta * beta) * precision * recall / (beta * beta * precision + recall + Epsilon);
        }

        double[] scores = [.. Enumerable.Range(0, 3).Select(c => One(hits[c], alarms[c], missed[c]))];
        var support = hits.Zip(missed, (a, b) => a + b).ToArray();
        return average switch
        {
            MetricAverage.None => scores,
            MetricAverage.Micro => [One(hits.Sum(), alarms.Sum(), missed.Sum())],
            MetricAverage.Macro => [scores.Average()],
            _ => [scores.Zip(support, (s, w) => s * w).Sum() / (support.Sum() + Epsilon)],
        };
    }

    private static IEnumerable<MetricCase> Determination()
        => from weights in EveryWeights.Append(null)
           from aggregation in Enum.GetValues<ClassAggregation>()
           from regressors in new[] { 0, 1, 3, 4, 9 }
           select new MetricCase(Name(new R2Score(), weights) + $", {aggregation}, {regressors}", Metric.R2Score(aggregation, regressors),
               [new(Numbers, Near, weights)], R2(weights, aggregation, regressors));

    /// <summary>The adjustment is by the number of samples, and left out where there are too few.</summary>
    private static double[] R2(Grid? weights, ClassAggregation aggregation, int regressors)
    {
        var each = weights?.RepeatedOver([5, 3]) ?? [.. Numbers.Values.Select(_ => 1.0)];
        var (spread, score) = (new double[3], new double[3]);
        for (var c = 0; c < 3; c++)
        {
            var mean = Enumerable.Range(0, 5).Sum(i
                => Numbers.Values[3 * i + c] * each[3 * i + c]) / Enumerable.Range(0, 5).Sum(i => each[3 * i + c]);
            spread[c] = Enumerable.Range(0, 5).Sum(i => Math.Pow(Numbers.Values[3 * i + c] - mean, 2) * each[3 * i + c]);
            score[c] = 1 - Enumerable.Range(0, 5).Sum(i
                => Math.Pow(Numbers.Values[3 * i + c] - Near.Values[3 * i + c], 2) * each[3 * i + c]) / spread[c];
        }

        double[] plain = aggregation switch
        {
            ClassAggregation.None
            => score,
            ClassAggregation.UniformAverage
            => [score.Average()],
            _ => [score.Zip(spread, (s, w) => s * w).Sum() / spread.Sum()]
        };
        return regressors is 0 || 5 - regressors - 1 <= 0 ? plain : [.. plain.Select(s => 1 - (1 - s) * (5 - 1) / (5 - regressors - 1))];
    }

    private static IEnumerable<MetricCase> Unions()
    {
        var (truth, guess, weights) = (Grid.Of([2, 4], 0, 1, 2, 2, 3, 0, 1, 3), Grid.Of([2, 4], 0, 2, 2, 1, 3, 0, 1, 0),
            Grid.Of([2, 4], 1, 2, 0.5, 3, 0.25, 1, 2, 1.5));
        var (truthRows, guessRows) = (OneHot(truth), OneHot(guess).Map(x => x * 0.7 + 0.1));
        yield return MetricCase.Of("IoU", Metric.IoU(4, [0, 2], ignoreClass: 3), new(truth, guess, weights),
            Union(truth, guess, weights, [0, 2], 3));
        yield return MetricCase.Of("IoU of rows", Metric.IoU(4, [1, 3], sparseYTrue: false, sparseYPred: false, axis: 1),
            new(truthRows, guessRows, weights),
            Union(truth, guess, weights, [1, 3], null));
        yield return MetricCase.Of("IoU of samples", Metric.IoU(4, [1, 2]), new(truth, guess, Grid.Of([2, 1], 1, 0.3)),
            Union(truth, guess, Grid.Of([2], 1, 0.3), [1, 2], null));
        yield return MetricCase.Of("MeanIoU", Metric.MeanIoU(4, ignoreClass: 0, sparseYPred: false, axis: 1),
            new(truth, guessRows, weights),
            Union(truth, guess, weights, [0, 1, 2, 3], 0));
        yield return MetricCase.Of("OneHotIoU", Metric.OneHotIoU(4, [2, 3], 1, true, 1), new(truthRows, guess, weights),
            Union(truth, guess, weights, [2, 3], 1));
        yield return MetricCase.Of("OneHotMeanIoU", Metric.OneHotMeanIoU(4, axis: 1), new(truthRows, guessRows, weights),
            Union(truth, guess, weights, [0, 1, 2, 3], null));
        var binary = Grid.Of([2, 4], 0, 1, 1, 0, 1, 0, 0, 1);
        var shares = Grid.Of([2, 4], 0.2, 0.7, 0.1, 0.3, 0.9, 0.6, 0.25, 0.4);
        yield return MetricCase.Of("BinaryIoU", Metric.BinaryIoU([1], 0.3), new(binary, shares, weights),
            Union(binary, shares.Map(p => p >= 0.3 ? 1 : 0), weights, [1], null));
    }

    private static double Union(Grid truth, Grid guess, Grid weights, int[] classes, int? ignored)
    {
        var each = weights.RepeatedOver(truth.Shape);
        double Sum(Func<double, double, bool> counts)
            => truth.Values.Select((t, i) => t != ignored && counts(t, guess.Values[i]) ? each[i] : 0).Sum();
        var unions = classes.Select(c => (Hits: Sum((t, g) => t == c && g == c), All: Sum((t, g) => t == c || g == c))).ToList();
        return unions.Sum(u => u.Hits / (u.All + Epsilon)) / (unions.Count(u => u.All > 0) + Epsilon);
    }

    /// <summary>(2, 4) class indices as (2, classes, 4).</summary>
    private static Grid OneHot(Grid classes)
        => new([2, 4, 4],
            [.. from b in Enumerable.Range(0, 2) from c in Enumerable.Range(0, 4) from p in Enumerable.Range(0,
            4) select classes.Values[4 * b + p] == c ? 1.0 : 0]);

    private static MetricCase Of(Metric metric, Grid? weights, double[] expected)
        => MetricCase.Of(Name(metric, weights) + $", {((FBetaScore)metric).Average}", metric, new(Truth, Shares, weights), expected);

    private static string Name(Metric metric, Grid? weights)
        => $"{metric.GetType().Name}, weights {(weights is null ? "none" : $"({string.Join(", ", weights.Shape)})")}";
}

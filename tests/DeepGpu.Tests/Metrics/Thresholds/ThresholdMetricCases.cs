namespace DeepGpu.Tests.Training.Numbers;

/// <summary>Metrics of counts at thresholds, by comparing every output with every threshold. Rules: Keras 3's
/// update_confusion_matrix_variables and AUC.</summary>
internal static class ThresholdMetricCases
{
    private static readonly Grid Truth = Grid.Of([5, 3], 1, 0, 0, 0, 1, 1, 0, 0, 1, 1, 1, 0, 0, 1, 0);
    private static readonly Grid Shares = Grid.Of([5, 3], 0.81, 0.12, 0.33, 0.27, 0.61, 0.74, 0.52, 0.44, 0.07, 0.93, 0.38, 0.66, 0.19,
        0.57, 0.47);
    private static readonly Grid Weights = Grid.Of([5, 3], 1, 2, 0.5, 3, 0.25, 1.5, 2, 1, 4, 0.75, 1, 2.5, 0.5, 3, 1);
    private static readonly Grid[] EveryWeights = [Weights, Grid.Of([5], 1, 2, 0.5, 3, 0.25), Grid.Of([5, 1], 2, 1, 3, 0.5, 1),
        Grid.Of([1, 3], 2, 0.5, 1)];
    private static readonly double[] Thresholds = [0.6, 0.2, 0.45];

    public static IReadOnlyList<MetricCase> All { get; } = [.. Counts(), .. Rates(), .. Best(), .. Areas()];

    private static IEnumerable<MetricCase> Counts() => EveryWeights.Append(null).SelectMany(weights => new[]
    {
        Of(Metric.TruePositives(Thresholds), weights, [.. Thresholds.Select(t => Count(Truth, Shares, weights, t).TruePositives)]),
        Of(Metric.FalsePositives(Thresholds), weights, [.. Thresholds.Select(t => Count(Truth, Shares, weights, t).FalsePositives)]),
        Of(Metric.TrueNegatives(Thresholds), weights, [.. Thresholds.Select(t => Count(Truth, Shares, weights, t).TrueNegatives)]),
        Of(Metric.FalseNegatives(Thresholds), weights, [.. Thresholds.Select(t => Count(Truth, Shares, weights, t).FalseNegatives)]),
    });

    private static IEnumerable<MetricCase> Rates()
    {
        foreach (var weights in EveryWeights.Append(null))
        {
            yield return Of(Metric.Precision(Thresholds), weights, [.. Thresholds.Select(t => Count(Truth, Shares, weights, t).Precision)]);
            yield return Of(Metric.Recall(Thresholds), weights, [.. Thresholds.Select(t => Count(Truth, Shares, weights, t).Recall)]);
            yield return Of(Metric.Precision(topK: 2), weights, Count(Truth, Largest(2), weights, -1).Precision);
            yield return Of(Metric.Recall([0.3], topK: 2), weights, Count(Truth, Largest(2), weights, 0.3).Recall);
        }

        var rows = Grid.Of([5], 1, 2, 0.5, 3, 0.25);
        yield return Of(Metric.Precision([0.2, 0.6], classId: 2), rows,
            [.. new[] { 0.2, 0.6 }.Select(t => Count(Class(Truth, 2), Class(Shares, 2), rows, t).Precision)]);
        yield return Of(Metric.Recall([0.2, 0.6], classId: 1), rows,
            [.. new[] { 0.2, 0.6 }.Select(t => Count(Class(Truth, 1), Class(Shares, 1), rows, t).Recall)]);
        yield return MetricCase.Of("Precision, even thresholds, outputs beyond 1", Metric.Precision([0, 0.5, 1]),
            new(Grid.Of([3], 1, 0, 1), Grid.Of([3], 1.5, 0.7, -0.2)), 0.5, 0.5, 0);
        yield return MetricCase.Of("Precision, uneven thresholds, outputs beyond 1", Metric.Precision([0, 0.4, 1]),
            new(Grid.Of([3], 1, 0, 1), Grid.Of([3], 1.5, 0.7, -0.2)), 0.5, 0.5, 1);
    }

    private static IEnumerable<MetricCase> Best()
    {
        var rows = Grid.Of([5], 1, 2, 0.5, 3, 0.25);
        ByHand[] counts = [.. Enumerable.Range(0, 17).Select(i => Count(Class(Truth, 1), Class(Shares, 1), rows, i / 16.0))];
        yield return Of(Metric.SensitivityAtSpecificity(0.7, 17, 1), rows, counts.Where(c => c.Specificity >= 0.7).Max(c => c.Recall));
        yield return Of(Metric.SpecificityAtSensitivity(0.4, 17, 1), rows, counts.Where(c => c.Recall >= 0.4).Max(c => c.Specificity));
        yield return Of(Metric.PrecisionAtRecall(0.4, 17, 1), rows, counts.Where(c => c.Recall >= 0.4).Max(c => c.Precision));
        yield return Of(Metric.RecallAtPrecision(0.6, 17, 1), rows, counts.Where(c => c.Precision >= 0.6).Max(c => c.Recall));
        yield return Of(Metric.RecallAtPrecision(1, 2), null, 0);
    }

    private static IEnumerable<MetricCase> Areas()
    {
        double[] inner = [0.25, 0.55, 0.7];
        foreach (var curve in Enum.GetValues<AucCurve>())
        {
            foreach (var summation in Enum.GetValues<AucSummation>())
            {
                foreach (var weights in EveryWeights.Append(null)) yield return Of(new Auc
                {
                    Curve = curve,
                    SummationMethod = summation,
                    Thresholds = inner
                }, weights, Area(Truth, Shares, weights, inner, curve, summation));
                yield return Of(new Auc { Curve = curve, SummationMethod = summation, Thresholds = inner, LabelWeights = [0.5, 2, 1] },
                    null, Area(Truth, Shares, Grid.Of([1, 3], 0.5, 2, 1), inner, curve, summation));
                var each = Enumerable.Range(0, 3)
                    .Select(c => Area(Class(Truth, c), Class(Shares, c), Class(Weights, c), inner, curve, summation)).ToArray();
                yield return Of(new Auc
                {
                    Curve = curve,
                    SummationMethod = summation,
                    Thresholds = inner,
                    MultiLabel = true,
                    NumLabels = 3,
                    LabelWeights = [0.5, 2, 1]
                }, Weights, (each[0] * 0.5 + each[1] * 2 + each[2]) / 3.5);
            }
        }

        double[] even = [.. Enumerable.Range(1, 7).Select(i => i / 8.0)];
        yield return MetricCase.Of("Auc of logits", new Auc { NumThresholds = 9, FromLogits = true },
            new(Truth, Shares.Map(p => Math.Log(p / (1 - p)))), Area(Truth, Shares, null, even, AucCurve.Roc, AucSummation.Interpolation));
    }

    private static MetricCase Of(Metric metric, Grid? weights, params double[] expected)
        => MetricCase.Of($"{metric.GetType().Name}, weights {(weights is null ? "none" : $"({string.Join(", ", weights.Shape)})")}", metric,
            new(Truth, Shares, weights), expected);

    private static Grid Class(Grid grid, int c) => new([5, 1], [.. grid.Lines(1).Select(line => line[c])]);

    private static Grid Largest(int k)
        => new(Shares.Shape, [.. Shares.Lines(1).SelectMany(line => line.Select(p => line.Count(q => q > p) < k ? p : -1e10))]);

    private static ByHand Count(Grid truth, Grid outputs, Grid? weights, double threshold)
    {
        var each = weights?.RepeatedOver(truth.Shape) ?? [.. truth.Values.Select(_ => 1.0)];
        double Sum(bool isTrue, bool isAbove)
            => truth.Values.Select((t, i) => (t == 1) == isTrue && ((float)outputs.Values[i] > (float)threshold) == isAbove ? each[i] : 0)
            .Sum();
        return new(Sum(true, true), Sum(false, true), Sum(false, false), Sum(true, false));
    }

    private static double Area(Grid truth, Grid outputs, Grid? weights, double[] inner, AucCurve curve, AucSummation summation)
    {
        double[] thresholds = [-1e-7, .. inner, 1 + 1e-7];
        ByHand[] counts = [.. thresholds.Select(t => Count(truth, outputs, weights, t))];
        return counts
            .Zip(counts.Skip(1), (low, high)
            => curve == AucCurve.PrecisionRecall && summation == AucSummation.Interpolation ? ByHand.Interpolated(low, high)
            : ByHand.Piece(low, high, curve, summation)).Sum();
    }

    /// <summary>Counts at one threshold.</summary>
    private sealed record ByHand(double TruePositives, double FalsePositives, double TrueNegatives, double FalseNegatives)
    {
        public double Precision => Ratio(TruePositives, TruePositives + FalsePositives);

        public double Recall => Ratio(TruePositives, TruePositives + FalseNegatives);

        public double Specificity => Ratio(TrueNegatives, TrueNegatives + FalsePositives);

        public static double Piece(ByHand low, ByHand high, AucCurve curve, AucSummation summation)
        {
            var (a, b) = (low.Point(curve), high.Point(curve));
            return (a.X - b.X) * summation switch
            {
                AucSummation.Interpolation
                => (a.Y + b.Y) / 2,
                AucSummation.Minoring => Math.Min(a.Y, b.Y),
                _ => Math.Max(a.Y, b.Y)
            };
        }

        public static double Interpolated(ByHand low, ByHand high)
        {
            var (before, after) = (low.TruePositives + low.FalsePositives, high.TruePositives + high.FalsePositives);
            var slope = Ratio(low.TruePositives - high.TruePositives, Math.Max(before - after, 0));
            var rest = high.TruePositives - slope * after;
            var ratio = before > 0 && after > 0 ? before / after : 1;
            return Ratio(slope * (low.TruePositives - high.TruePositives + rest * Math.Log(ratio)),
                high.TruePositives + high.FalseNegatives);
        }

        private (double X, double Y) Point(AucCurve curve)
        {
            if (curve == AucCurve.Roc) return (1 - Specificity, Recall);
            if (curve == AucCurve.PrecisionRecall) return (Recall, Precision);
            var scale = Ratio(TruePositives + FalseNegatives, TrueNegatives + FalsePositives);
            return TruePositives == 0 ? (0, 1)
                : (Math.Max(1 - scale * FalseNegatives / TruePositives, 0), 1 - scale * FalsePositives / TruePositives);
        }

        private static double Ratio(double a, double b) => b == 0 ? 0 : a / b;
    }
}

namespace DeepGpu.Visuals.Charts;

/// <summary>Two classes told apart at every threshold that the scores know.</summary>
internal sealed record ThresholdCurve(IReadOnlyList<ThresholdPoint> Points)
{
    /// <summary>The area under true positives against false positives, by trapezoids: the share of pairs put in the right order.</summary>
    public double RocArea => Points.Zip(Points.Skip(1),
        (a, b) => (b.FalsePositiveRate - a.FalsePositiveRate) * (a.Recall + b.Recall) / 2).Sum();

    /// <summary>The mean precision, each weighted by the recall that it adds.</summary>
    public double AveragePrecision => Points.Zip(Points.Skip(1), (a, b) => (b.Recall - a.Recall) * b.Precision).Sum();

    public static ThresholdCurve Of(NDArray targets, NDArray scores)
    {
        ArgumentNullException.ThrowIfNull(targets);
        ArgumentNullException.ThrowIfNull(scores);
        if (targets.ElementCount != scores.ElementCount) throw Unfit($"{targets.TypeAndShape} and {scores.TypeAndShape}");
        var (classes, likely) = (ArrayNumbers.Of(targets), ArrayNumbers.Of(scores));
        if (classes.Any(value => value is not (0 or 1))) throw Unfit($"targets such as {classes.First(value => value is not (0 or 1))}");
        if (classes.Distinct().Count() != 2) throw Unfit("targets of one class alone");
        if (likely.Any(double.IsNaN)) throw Unfit("a score that is no number");
        return new(Walk(classes, likely));
    }

    /// <summary>From the strictest threshold, which takes no sample for 1, to the one that takes all; equal scores are passed
    /// together.</summary>
    private static List<ThresholdPoint> Walk(double[] classes, double[] likely)
    {
        var (positives, count) = (classes.Sum(), classes.Length);
        List<ThresholdPoint> points = [new(0, 0, 1)];
        var (right, wrong) = (0.0, 0.0);
        foreach (var tied in classes.Zip(likely).GroupBy(sample => sample.Second).OrderByDescending(group => group.Key))
        {
            right += tied.Sum(sample => sample.First);
            wrong += tied.Sum(sample => 1 - sample.First);
            points.Add(new(wrong / (count - positives), right / positives, right / (right + wrong)));
        }

        return points;
    }

    private static TrainingDataException Unfit(string received) => new(new("threshold_curve",
        "A curve over thresholds needs a target of 0 or 1 and a score for each sample, and samples of both classes,",
        $"but receives {received}.", "Give one column of targets and of scores; of several classes give one class against the rest."));
}

/// <summary>What one threshold leads to.</summary>
internal readonly record struct ThresholdPoint(double FalsePositiveRate, double Recall, double Precision);

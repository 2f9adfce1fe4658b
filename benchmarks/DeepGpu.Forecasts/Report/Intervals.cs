using DeepGpu.Hardware.Forecasting;

namespace DeepGpu.Forecasts;

/// <summary>How much of the truth an interval leaves out on either side.</summary>
/// <param name="Tail">The share left out on one side.</param>
/// <param name="Normal">The normal distribution's quantile that leaves it.</param>
internal readonly record struct IntervalLevel(double Tail, double Normal)
{
    /// <summary>An interval that holds the truth 80 times in 100.</summary>
    public static IntervalLevel Usual { get; } = new(0.1, 1.2816);

    /// <summary>Ends that the truth stays within 99 times in 100 each: what decides whether a step fits.</summary>
    public static IntervalLevel Sure { get; } = new(0.01, 2.3263);
}

/// <summary>Intervals from residuals.</summary>
internal static class Intervals
{
    /// <summary>Folds that the belief counts for that rows of one fold err wholly alike.</summary>
    private const double Belief = 2;

    /// <summary>No interval ends nearer to its forecast than half a percent.</summary>
    private const double Least = 0.005;

    /// <summary>Where the truth lies, as logarithms of truth over forecast. Rows of one fold err alike: with few folds the
    /// interval is that of a new one, wider by Student's quantile and by the uncertainty of the middle.</summary>
    public static LogInterval Of(IReadOnlyCollection<Residual> residuals, IntervalLevel? level = null)
    {
        var at = level ?? IntervalLevel.Usual;
        List<double> values = [.. residuals.Select(r => r.Value)];
        var (low, high) = (-Statistics.Quantile(values, 1 - at.Tail), -Statistics.Quantile(values, at.Tail));
        var (middle, factor) = ((low + high) / 2, ForNewFold(residuals, at.Normal));
        return new(Math.Min(middle + (low - middle) * factor, -Least), Math.Max(middle + (high - middle) * factor, Least), values.Count,
            Statistics.MeanError(values));
    }

    /// <summary>How much wider the interval of a row of a new fold is.
    /// Of the variance, the part that rows of one fold share is known from few
    /// folds alone: it counts by Student's quantile over the normal one (Cornish and Fisher's expansion), and by 1 + 1 / folds.</summary>
    private static double ForNewFold(IReadOnlyCollection<Residual> residuals, double normal)
    {
        List<List<double>> folds = [.. residuals.GroupBy(r => r.Fold).Select(fold => fold.Select(r => r.Value).ToList())];
        var ratio = Student(Math.Max(1, folds.Count - 1), normal) / normal;
        var shared = SharedShare(folds);
        return Math.Sqrt(1 - shared + shared * ratio * ratio * (1 + 1.0 / folds.Count));
    }

    private static double Student(double freedom, double normal)
    {
        var (cube, fifth) = (Math.Pow(normal, 3), Math.Pow(normal, 5));
        return normal + (cube + normal) / (4 * freedom) + (5 * fifth + 16 * cube + 3 * normal) / (96 * freedom * freedom);
    }

    /// <summary>The share of the variance between folds, by the analysis of variance (Searle, 1971).
    /// Few folds tell little of it: the belief that
    /// all of it is between them counts as two folds.</summary>
    private static double SharedShare(List<List<double>> folds)
    {
        double count = folds.Sum(fold => fold.Count), mean = folds.Sum(fold => fold.Sum()) / count;
        if (folds.Count < 2 || count <= folds.Count || folds.All(fold => fold.TrueForAll(value => value == mean))) return 1;
        var within = folds.Sum(fold => fold.Sum(value => Math.Pow(value - fold.Average(), 2))) / (count - folds.Count);
        var among = folds.Sum(fold => fold.Count * Math.Pow(fold.Average() - mean, 2)) / (folds.Count - 1);
        var size = (count - folds.Sum(fold => (double)fold.Count * fold.Count) / count) / (folds.Count - 1);
        var between = Math.Max(0, (among - within) / size);
        return ((folds.Count - 1) * between / (between + within) + Belief) / (folds.Count - 1 + Belief);
    }

    /// <summary>The interval that the other folds' residuals of the same kind give a row.</summary>
    public static LogInterval Nested(Residual row, IReadOnlyList<Residual> all, IntervalLevel? level = null)
    {
        List<Residual> others = [.. all.Where(other => other.Fold != row.Fold && other.Kind == row.Kind)];
        if (others.Count < 5) others = [.. all.Where(other => other.Fold != row.Fold)];
        return Of(others, level);
    }

    /// <summary>How many times wider the interval of one vendor's residuals must be for a vendor that was not
    /// measured: wide enough to hold 80 of
    /// 100 of another vendor's, at least as wide, and times the root of 1 + 1 / 1, for that other vendor is one.</summary>
    public static double OtherVendor(IReadOnlyCollection<Residual> known, IReadOnlyCollection<Residual> others)
    {
        var interval = Of(known);
        return Math.Sqrt(2) * Math.Max(1,
            Statistics.Quantile([.. others.Select(r => r.Value < 0 ? -r.Value / interval.High : -r.Value / interval.Low)],
                1 - 2 * IntervalLevel.Usual.Tail));
    }

    /// <summary>Whether that interval holds the row.</summary>
    public static bool Holds(Residual row, IReadOnlyList<Residual> all)
    {
        var interval = Nested(row, all);
        return -row.Value >= interval.Low && -row.Value <= interval.High;
    }
}

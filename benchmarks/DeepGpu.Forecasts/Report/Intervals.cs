using DeepGpu.Hardware;

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
    /// <summary>No interval ends nearer to its forecast than half a percent.</summary>
    private const double Least = 0.005;

    /// <summary>Where the truth lies, as logarithms of truth over forecast. Rows of one fold err alike: with few folds the
    /// interval is that of a new one, wider by Student's quantile and by the uncertainty of the middle.</summary>
    public static LogInterval Of(IReadOnlyCollection<Residual> residuals, IntervalLevel? level = null)
    {
        var at = level ?? IntervalLevel.Usual;
        List<double> values = [.. residuals.Select(r => r.Value)];
        var (low, high) = (-Statistics.Quantile(values, 1 - at.Tail), -Statistics.Quantile(values, at.Tail));
        var (middle, factor) = ((low + high) / 2, ForNewFold(residuals.Select(r => r.Fold).Distinct().Count(), at.Normal));
        return new(Math.Min(middle + (low - middle) * factor, -Least), Math.Max(middle + (high - middle) * factor, Least), values.Count, Statistics.MeanError(values));
    }

    /// <summary>Student's quantile over the normal one (Cornish and Fisher's expansion), times the root of 1 + 1 / folds.</summary>
    private static double ForNewFold(int folds, double normal)
    {
        var freedom = Math.Max(1, folds - 1.0);
        var (cube, fifth) = (Math.Pow(normal, 3), Math.Pow(normal, 5));
        var student = normal + (cube + normal) / (4 * freedom) + (5 * fifth + 16 * cube + 3 * normal) / (96 * freedom * freedom);
        return student / normal * Math.Sqrt(1 + 1.0 / folds);
    }

    /// <summary>The interval that the other folds' residuals of the same kind give a row.</summary>
    public static LogInterval Nested(Residual row, IReadOnlyList<Residual> all, IntervalLevel? level = null)
    {
        List<Residual> others = [.. all.Where(other => other.Fold != row.Fold && other.Kind == row.Kind)];
        if (others.Count < 5) others = [.. all.Where(other => other.Fold != row.Fold)];
        return Of(others, level);
    }

    /// <summary>Whether that interval holds the row.</summary>
    public static bool Holds(Residual row, IReadOnlyList<Residual> all)
    {
        var interval = Nested(row, all);
        return -row.Value >= interval.Low && -row.Value <= interval.High;
    }
}

using DeepGpu.Hardware;

namespace DeepGpu.Forecasts;

/// <summary>One row of the table: how far forecasts of left-out rows were off, and how many of their intervals held.</summary>
internal sealed record ErrorGroup
{
    public required string Name { get; init; }

    /// <summary>What was left out.</summary>
    public required string LeftOut { get; init; }

    public required int Rows { get; init; }

    public required int Constants { get; init; }

    /// <summary>How many constants the rows decide rather than the priors.</summary>
    public required double Effective { get; init; }

    public required double Mean { get; init; }

    public required double Median { get; init; }

    /// <summary>In percent; above 0 where forecasts are too high.</summary>
    public required double Bias { get; init; }

    /// <summary>The share of rows within the 80 % interval, which rests on the other folds' rows alone; in percent.</summary>
    public required double Coverage { get; init; }

    public double? Aim { get; init; }

    public required IReadOnlyList<(string Row, double Percent)> Worst { get; init; }

    /// <summary>A group from its residuals, the logarithms of forecast over measured.</summary>
    public static ErrorGroup Of(string name, string leftOut, IReadOnlyList<Residual> all, IEnumerable<Residual> group, (int Constants, double Effective) fit, double? aim = null)
    {
        var rows = group.ToList();
        return new()
        {
            Name = name,
            LeftOut = leftOut,
            Rows = rows.Count,
            Constants = fit.Constants,
            Effective = fit.Effective,
            Aim = aim,
            Mean = Statistics.MeanError(rows.Select(r => r.Value)),
            Median = Statistics.MedianError(rows.Select(r => r.Value)),
            Bias = 100 * (Math.Exp(rows.Average(r => r.Value)) - 1),
            Coverage = 100.0 * rows.Count(row => Intervals.Holds(row, all)) / rows.Count,
            Worst = [.. rows.OrderByDescending(r => Math.Abs(r.Value)).Take(5).Select(r => (r.Row, 100 * (Math.Exp(r.Value) - 1)))],
        };
    }
}

/// <summary>A left-out row.</summary>
/// <param name="Row">The row in words.</param>
/// <param name="Fold">What left with it.</param>
/// <param name="Kind">The kind of step its interval belongs to.</param>
/// <param name="Value">The logarithm of forecast over measured.</param>
internal readonly record struct Residual(string Row, string Fold, string Kind, double Value);

/// <summary>Intervals from residuals.</summary>
internal static class Intervals
{
    private const double Tail = 0.1;

    /// <summary>No interval ends nearer to its forecast than half a percent.</summary>
    private const double Least = 0.005;

    /// <summary>The normal distribution's quantile that leaves the tail.</summary>
    private const double Normal = 1.2816;

    /// <summary>Where the truth lies 80 times in 100, as logarithms of truth over forecast. Rows of one fold err alike: with few folds the
    /// interval is that of a new one, wider by Student's quantile and by the uncertainty of the middle.</summary>
    public static LogInterval Of(IReadOnlyCollection<Residual> residuals)
    {
        List<double> values = [.. residuals.Select(r => r.Value)];
        var (low, high) = (-Statistics.Quantile(values, 1 - Tail), -Statistics.Quantile(values, Tail));
        var (middle, factor) = ((low + high) / 2, ForNewFold(residuals.Select(r => r.Fold).Distinct().Count()));
        return new(Math.Min(middle + (low - middle) * factor, -Least), Math.Max(middle + (high - middle) * factor, Least), values.Count, Statistics.MeanError(values));
    }

    /// <summary>Student's quantile over the normal one (Cornish and Fisher's expansion), times the root of 1 + 1 / folds.</summary>
    private static double ForNewFold(int folds)
    {
        var freedom = Math.Max(1, folds - 1.0);
        var (cube, fifth) = (Math.Pow(Normal, 3), Math.Pow(Normal, 5));
        var student = Normal + (cube + Normal) / (4 * freedom) + (5 * fifth + 16 * cube + 3 * Normal) / (96 * freedom * freedom);
        return student / Normal * Math.Sqrt(1 + 1.0 / folds);
    }

    /// <summary>Whether the interval of the other folds' residuals of the same kind holds a row.</summary>
    public static bool Holds(Residual row, IReadOnlyList<Residual> all)
    {
        List<Residual> others = [.. all.Where(other => other.Fold != row.Fold && other.Kind == row.Kind)];
        if (others.Count < 5) others = [.. all.Where(other => other.Fold != row.Fold)];
        var interval = Of(others);
        return -row.Value >= interval.Low && -row.Value <= interval.High;
    }
}

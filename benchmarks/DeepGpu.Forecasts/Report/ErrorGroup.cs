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
    public static ErrorGroup Of(string name, string leftOut, IReadOnlyList<Residual> all, IEnumerable<Residual> group,
        (int Constants, double Effective) fit, double? aim = null)
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
            Worst = [.. rows.OrderByDescending(r => Math.Abs(r.Value)).Select(r => (r.Row, 100 * (Math.Exp(r.Value) - 1)))],
        };
    }
}

/// <summary>A left-out row.</summary>
/// <param name="Row">The row in words.</param>
/// <param name="Fold">What left with it.</param>
/// <param name="Kind">The kind of step its interval belongs to.</param>
/// <param name="Value">The logarithm of forecast over measured.</param>
internal readonly record struct Residual(string Row, string Fold, string Kind, double Value);

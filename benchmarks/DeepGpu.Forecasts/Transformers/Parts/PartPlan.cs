using DeepGpu.Hardware.Forecasting;

namespace DeepGpu.Forecasts.Transformers;

/// <summary>How a kind of measurement is fitted and judged.</summary>
/// <typeparam name="TRow">A measured row.</typeparam>
internal sealed record PartPlan<TRow>
{
    /// <summary>The word after --part.</summary>
    public required string Name { get; init; }

    /// <summary>The calibration file that it writes.</summary>
    public required string File { get; init; }

    /// <summary>What the file says its constants rest on.</summary>
    public required string Basis { get; init; }

    public required ConstantTable Table { get; init; }

    public required IReadOnlyList<TRow> Rows { get; init; }

    /// <summary>Rows of every fit that no error is told of: bounds.</summary>
    public IReadOnlyList<TRow> Bounds { get; init; } = [];

    /// <summary>What is told of a bound.</summary>
    public Func<double[], IReadOnlyDictionary<string, IReadOnlyList<double>>, TRow, string>? BoundText { get; init; }

    /// <summary>The logarithm of forecast over measured.</summary>
    public required Func<TRow, Func<double[], double>> Residual { get; init; }

    /// <summary>What rows of one key have in common is estimated beside the constants; null for nothing.</summary>
    public Func<TRow, string>? Shared { get; init; }

    /// <summary>How many rows of a source count fully; null where all do.</summary>
    public double? Crowd { get; init; }

    public double Noise { get; init; } = 0.15;

    public required Func<TRow, string> Card { get; init; }

    public required Func<TRow, string> Family { get; init; }

    public required Func<TRow, string> Source { get; init; }

    /// <summary>Rows of one key share what an interval is made without; those of one card where nothing else is said.</summary>
    public Func<TRow, string>? Block { get; init; }

    /// <summary>What is left out with a card; the card's rows where nothing else is said.</summary>
    public Func<TRow, string>? CardFold { get; init; }

    public required Func<TRow, double> Measured { get; init; }

    public required IReadOnlyList<PartGroup<TRow>> Groups { get; init; }

    /// <summary>The kinds of forecast whose interval a row tells.</summary>
    public required Func<TRow, IEnumerable<string>> Kinds { get; init; }

    /// <summary>Which left-out residuals make the intervals.</summary>
    public LeftOutBy Intervals { get; init; } = LeftOutBy.Card | LeftOutBy.Source;

    /// <summary>Rows of the same key differ by the card alone; null where cards are not put in order.</summary>
    public Func<TRow, string?>? Setup { get; init; }

    public double OrderAim { get; init; }

    /// <summary>What cards are put in order by; the measured value where nothing else is said.</summary>
    public Func<TRow, double>? Ordered { get; init; }
}

/// <summary>A line of a part's table.</summary>
/// <typeparam name="TRow">A measured row.</typeparam>
/// <param name="Name">What is forecast.</param>
/// <param name="Mean">The largest mean error aimed at, in percent; null for none.</param>
/// <param name="Median">The largest median error aimed at.</param>
/// <param name="Has">Which rows.</param>
/// <param name="Rules">What calculators say of them.</param>
internal sealed record PartGroup<TRow>(string Name, double? Mean, double? Median, Func<TRow, bool> Has,
    IReadOnlyList<(string Name, Func<TRow, double> Value)> Rules);

/// <summary>What is left out of a fit.</summary>
[Flags]
internal enum LeftOutBy
{
    Card = 1,
    Family = 2,
    Source = 4,
}

using System.Globalization;

namespace DeepGpu.Forecasts.Transformers;

/// <summary>A line of the table of errors.</summary>
/// <param name="Name">What is forecast.</param>
/// <param name="AimMean">The largest mean error aimed at, in percent; null for none.</param>
/// <param name="AimMedian">The largest median error aimed at.</param>
/// <param name="Card">Residuals with the card left out.</param>
/// <param name="Family">With the model's family left out.</param>
/// <param name="Source">With the source left out.</param>
/// <param name="Coverage">How many of 100 lie in the interval that other cards' rows give; null for few rows.</param>
/// <param name="Rules">What calculators are off on the same rows.</param>
internal sealed record TransformerGroup(string Name, double? AimMean, double? AimMedian, IReadOnlyList<double> Card,
    IReadOnlyList<double> Family,
    IReadOnlyList<double> Source, double? Coverage, IReadOnlyList<(string Name, double Mean, double Median)> Rules)
{
    public double Mean => Statistics.MeanError(Card);

    public double Median => Statistics.MedianError(Card);

    public override string ToString()
    {
        var rules = string.Join("; ", Rules.OrderBy(rule => rule.Mean).Take(2)
            .Select(rule => Text($"{rule.Name} {rule.Mean:0} / {rule.Median:0}")));
        var aim = AimMean is { } mean ? (AimMedian is { } median ? Text($"{mean:0.#} / {median:0.#}") : Text($"{mean:0.#}")) : "-";
        var inside = Coverage is { } covered ? Text($"{covered:0} %") : "-";
        return $"{Name,-38} {Card.Count,5}  {Pair(Card),-13} {Pair(Family),-13} {Pair(Source),-13} {aim,-10} {inside,5}  {rules}";
    }

    /// <summary>Every calculator's errors beside the forecasts' with the card left out, and whether both are beaten.</summary>
    public IEnumerable<string> RuleLines => Rules.Select(rule => string.Create(CultureInfo.InvariantCulture,
        $"  {Name.Trim()}: {rule.Name} {rule.Mean:0.0} / {rule.Median:0.0}, "
            + $"forecast {Mean:0.0} / {Median:0.0}: {(Mean < rule.Mean && Median < rule.Median ? "beaten" : "NOT BEATEN")}"));

    private static string Pair(IReadOnlyList<double> residuals)
        => residuals.Count == 0 ? "-" : Text($"{Statistics.MeanError(residuals):0.0} / {Statistics.MedianError(residuals):0.0}");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

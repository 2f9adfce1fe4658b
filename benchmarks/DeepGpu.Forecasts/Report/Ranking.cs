namespace DeepGpu.Forecasts;

/// <summary>How well cards are ordered for one thing to run: rank correlation, and what choosing the first costs.</summary>
/// <param name="Name">The kind of things.</param>
/// <param name="Things">How many of them were measured on at least as many cards as asked for.</param>
/// <param name="Cards">Cards on average.</param>
/// <param name="Spearman">The mean rank correlation.</param>
/// <param name="Pairs">Pairs of cards whose measurements differ by more than sources that measure the same differ.</param>
/// <param name="PairsRight">The share of these pairs that are ordered as measured, in percent.</param>
/// <param name="Regret">How much slower the chosen card is than the fastest, on average in percent.</param>
internal sealed record Ranking(string Name, int Things, double Cards, double Spearman, double Regret, int Pairs, double PairsRight)
{
    /// <summary>Two sources that measure one card and model differ by 8 to 13 percent.</summary>
    private const double Repeatability = 0.1;

    /// <summary>A ranking from left-out rows: thing, card, seconds a sample measured, residual.</summary>
    public static Ranking Of(string name, IEnumerable<(string Thing, string Card, double Seconds, double Residual)> rows, int least = 3)
    {
        var things = rows.GroupBy(row => row.Thing).Select(thing => thing.GroupBy(row => row.Card)
            .Select(card => (Measured: Statistics.Median(card.Select(r => Math.Log(r.Seconds))),
                Forecast: Statistics.Median(card.Select(r => Math.Log(r.Seconds) + r.Residual)))).ToList())
            .Where(cards => cards.Count >= least).ToList();
        List<bool> pairs = [.. things.SelectMany(Told)];
        return new(
            name,
            things.Count,
            things.Average(cards => cards.Count),
            things.Average(cards => Statistics.Spearman([.. cards.Select(c => c.Measured)], [.. cards.Select(c => c.Forecast)])),
            100 * things.Average(cards => Math.Exp(cards.MinBy(c => c.Forecast).Measured - cards.Min(c => c.Measured)) - 1),
            pairs.Count,
            100.0 * pairs.Count(right => right) / pairs.Count);
    }

    /// <summary>Of each two cards that measurements tell apart, whether the forecast orders them so.</summary>
    private static IEnumerable<bool> Told(IReadOnlyList<(double Measured, double Forecast)> cards) =>
        from i in Enumerable.Range(0, cards.Count)
        from j in Enumerable.Range(0, i)
        let measured = cards[i].Measured - cards[j].Measured
        where Math.Abs(measured) > Repeatability
        select measured > 0 == cards[i].Forecast > cards[j].Forecast;
}

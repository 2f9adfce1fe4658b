using System.Globalization;
using DeepGpu.Hardware.Texts;

namespace DeepGpu.Hardware.Advice;

/// <summary>Time against money as an SVG: a point and an interval for each card that can be bought, and the line of those that none beats
/// in both.</summary>
internal static class PageChart
{
    private const double Width = 720;
    private const double Height = 400;
    private const double Margin = 60;

    public static string Of(Recommendation r)
    {
        List<RecommendedGpu> cards = [.. r.Cards.Where(card => card.Obstacle is null)];
        if (cards.Count == 0) return "<p>No card can be bought at a known price: there is nothing to draw.</p>";
        var x = new LogScale(cards.Min(Price), cards.Max(Price), Margin, Width - 20);
        var y = new LogScale(cards.Min(card => card.RunTime.Low.TotalSeconds), cards.Max(card => card.RunTime.High.TotalSeconds), 20,
            Height - Margin);
        return $"""
            <svg viewBox="0 0 {Text(Width)} {Text(Height)}" role="img" aria-label="Time of the run against the price of the card">
            {Axes(x, y)}
            {string.Join("\n", cards.Select(card => Point(card, x, y)))}
            <polyline class="front" points="{Front(cards, x, y)}"/>
            </svg>
            """;
    }

    /// <summary>Cards that no other beats in both price and time, cheapest first.</summary>
    public static IReadOnlyList<RecommendedGpu> Unbeaten(IEnumerable<RecommendedGpu> cards)
    {
        var fastest = TimeSpan.MaxValue;
        List<RecommendedGpu> unbeaten = [];
        foreach (var card in cards.OrderBy(Price).ThenBy(card => card.RunTime.Value).Where(card => card.RunTime.Value < fastest))
        {
            fastest = card.RunTime.Value;
            unbeaten.Add(card);
        }

        return unbeaten;
    }

    private static string Front(IEnumerable<RecommendedGpu> cards, LogScale x, LogScale y)
        => string.Join(' ', Unbeaten(cards).Select(card => $"{Text(x.Of(Price(card)))},{Text(y.Of(card.RunTime.Value.TotalSeconds))}"));

    private static string Point(RecommendedGpu card, LogScale x, LogScale y)
    {
        var (left, top) = (Text(x.Of(Price(card))), Text(y.Of(card.RunTime.Value.TotalSeconds)));
        var (fast, slow) = (Text(y.Of(card.RunTime.Low.TotalSeconds)), Text(y.Of(card.RunTime.High.TotalSeconds)));
        var title = RecommendationPage.Text($"{card.Card.Name}: {card.Price!.Amount}, {Words.Of(card.RunTime)}");
        return $"<g {RecommendationPage.Data(card)} data-x=\"{left}\" data-y=\"{top}\"><title>{title}</title>"
            + $"<line class=\"interval\" x1=\"{left}\" x2=\"{left}\" y1=\"{fast}\" y2=\"{slow}\"/><circle cx=\"{left}\" "
                + $"cy=\"{top}\" r=\"4\"/></g>";
    }

    private static string Axes(LogScale x, LogScale y) => string.Join("\n",
    [
        $"<line class=\"axis\" x1=\"{Text(Margin)}\" y1=\"{Text(Height - Margin)}\" x2=\"{Text(Width)}\" y2=\"{Text(Height - Margin)}\"/>",
        $"<line class=\"axis\" x1=\"{Text(Margin)}\" y1=\"0\" x2=\"{Text(Margin)}\" y2=\"{Text(Height - Margin)}\"/>",
        .. x.Ticks.Select(tick
            => $"<text x=\"{Text(x.Of(tick))}\" y=\"{Text(Height - Margin + 20)}\" "
                + $"text-anchor=\"middle\">{Words.Of(Money.FromDollars(tick))}</text>"),
        .. y.Ticks.Select(tick => $"<text x=\"4\" y=\"{Text(y.Of(tick) + 4)}\">{Words.Of(TimeSpan.FromSeconds(tick))}</text>"),
        $"<text x=\"{Text(Width / 2)}\" y=\"{Text(Height - 12)}\" text-anchor=\"middle\">price of the card</text>",
    ]);

    private static double Price(RecommendedGpu card) => card.Price!.Middle.Dollars;

    private static string Text(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);
}

/// <summary>A logarithmic scale; larger values lie further along it.</summary>
internal readonly record struct LogScale(double Least, double Most, double From, double To)
{
    public double Of(double value)
        => Most > Least ? From + (To - From) * Math.Log(value / Least) / Math.Log(Most / Least) : (From + To) / 2;

    /// <summary>One, two and five times powers of ten within the scale; its ends where there are none.</summary>
    public IReadOnlyList<double> Ticks
    {
        get
        {
            var (least, most) = (Least, Most);
            var first = (int)Math.Floor(Math.Log10(Least));
            var powers = Enumerable.Range(first, Math.Max(1, (int)Math.Ceiling(Math.Log10(Most)) - first + 1))
                .Select(power => Math.Pow(10, power)).ToList();
            var steps = powers.Count > 4 ? new double[] { 1 } : [1, 2, 5];
            List<double> ticks = [.. powers.SelectMany(power => steps.Select(step => step * power))
                .Where(tick => tick >= least && tick <= most)];
            return ticks.Count > 1 ? ticks : [Least, Most];
        }
    }
}

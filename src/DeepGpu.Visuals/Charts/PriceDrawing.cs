using DeepGpu.Hardware;
using ScottPlot;

namespace DeepGpu.Visuals.Charts;

/// <summary>Cards by price and time of a run, on logarithmic axes.</summary>
internal static class PriceDrawing
{
    public static Plot Of(Recommendation recommendation)
    {
        List<RecommendedGpu> cards = [.. recommendation.Cards.Where(card => card is { Obstacle: null, Price: not null })];
        if (cards.Count == 0)
            throw Require.OutOfRange(nameof(GpuCharts), nameof(recommendation), "one with a card that can be bought at a known price", "none");
        var plot = ChartParts.New("time of the run against the price of the card", "price", "time");
        var points = plot.Add.ScatterPoints(cards.Select(Point).ToArray());
        (points.LegendText, points.MarkerSize) = ("cards", 6);
        Front(plot, cards);
        foreach (var pick in recommendation.Picks.Where(pick => cards.Contains(pick.Gpu))) Name(plot, pick.Gpu);
        ChartParts.Logarithms(plot.Axes.Bottom, dollars => Money.FromDollars(dollars).ToString());
        ChartParts.Logarithms(plot.Axes.Left, seconds => ChartParts.Duration(seconds));
        plot.ShowLegend(Alignment.UpperRight);
        return plot;
    }

    private static Coordinates Point(RecommendedGpu card)
        => new(Math.Log10(card.Price!.Middle.Dollars), Math.Log10(card.RunTime.Value.TotalSeconds));

    /// <summary>The line of the cards that no other beats in both.</summary>
    private static void Front(Plot plot, IEnumerable<RecommendedGpu> cards)
    {
        List<Coordinates> unbeaten = [];
        foreach (var point in cards.Select(Point).OrderBy(point => point.X).ThenBy(point => point.Y))
            if (unbeaten.Count == 0 || point.Y < unbeaten[^1].Y) unbeaten.Add(point);
        var line = plot.Add.ScatterLine(unbeaten.ToArray());
        (line.LegendText, line.LineWidth) = ("none is cheaper and faster", 2);
    }

    private static void Name(Plot plot, RecommendedGpu card)
    {
        var text = plot.Add.Text(card.Card.Name, Point(card));
        (text.LabelAlignment, text.OffsetY, text.LabelFontSize) = (Alignment.LowerCenter, -8, 12);
    }
}

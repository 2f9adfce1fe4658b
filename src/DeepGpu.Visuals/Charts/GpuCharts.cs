using DeepGpu.Hardware;
using DeepGpu.Visuals.Charts;
using ScottPlot;

namespace DeepGpu.Visuals;

/// <summary>Pictures of cards and of what a model asks of them: they need no engine and no GPU.</summary>
public static class GpuCharts
{
    /// <summary>The roofline of a card with the model's layers as points: how many operations a layer does for each byte it moves, and how
    /// many it is forecast to reach. Below the slope the memory's bandwidth bounds it, below the flat part the arithmetic.</summary>
    /// <param name="forecast">The forecast of the model on the card.</param>
    /// <exception cref="DeepGpuArgumentException">The forecast has no times: the card has no rate for the model's number format.</exception>
    /// <remarks>Williams, Waterman, Patterson: Roofline, 2009.</remarks>
    public static Chart Roofline(GpuForecast forecast)
    {
        ArgumentNullException.ThrowIfNull(forecast);
        return new(RooflineDrawing.Of(forecast));
    }

    /// <summary>What holds the memory at the peak of a step, part by part, beside the card's own.</summary>
    /// <param name="forecasts">Forecasts, of one model on some cards or of some models on one.</param>
    /// <exception cref="DeepGpuArgumentException">There are none.</exception>
    public static Chart Memory(params IReadOnlyList<GpuForecast> forecasts)
    {
        ArgumentNullException.ThrowIfNull(forecasts);
        if (forecasts.Count == 0) throw Require.OutOfRange(nameof(GpuCharts), nameof(forecasts), "at least one", 0);
        return new(MemoryDrawing.Of(forecasts)) { Height = Math.Max(300, 120 + 70 * forecasts.Count) };
    }

    /// <summary>The time of the run against the price of the card, both logarithmic, with the line of those that no card beats in
    /// both.</summary>
    /// <param name="recommendation">What <see cref="GpuAdvisor"/> recommends.</param>
    /// <exception cref="DeepGpuArgumentException">No card of it can be bought at a known price.</exception>
    public static Chart TimeAgainstPrice(Recommendation recommendation)
    {
        ArgumentNullException.ThrowIfNull(recommendation);
        return new(PriceDrawing.Of(recommendation));
    }

    /// <summary>The scores of the best cards of a ranking as bars.</summary>
    /// <param name="ranking">The ranking.</param>
    /// <param name="top">How many cards, at least 1. Default 15.</param>
    public static Chart Scores(GpuRanking ranking, int top = 15)
    {
        ArgumentNullException.ThrowIfNull(ranking);
        Require.AtLeast(top, 1, nameof(GpuCharts), nameof(top));
        List<ScoredGpu> cards = [.. ranking.Cards.Take(top).Reverse()];
        var plot = ChartParts.New("score by card", "score of 100", "");
        plot.Add.Bars(cards.Select(card => card.Score).ToArray()).Horizontal = true;
        ChartParts.Names(plot.Axes.Left, [.. cards.Select(card => card.Card.Name)]);
        plot.Axes.SetLimitsX(0, 100);
        return new(plot) { Height = Math.Max(300, 110 + 28 * cards.Count) };
    }
}

using DeepGpu.Hardware;
using DeepGpu.Visuals.Charts;

namespace DeepGpu.Visuals;

/// <summary>Pictures of cards and of what a model asks of them: they need no engine and no GPU.</summary>
public static class GpuCharts
{
    /// <summary>The rooflines of cards with the model's layers as points: how many operations a layer does for each byte it moves, and how
    /// many it is forecast to reach; larger points take more of the step. Below the slope the memory's bandwidth bounds a layer, below the
    /// flat part the arithmetic.</summary>
    /// <param name="forecasts">Forecasts of a model on one card or several.</param>
    /// <exception cref="DeepGpuArgumentException">There are none, or a card's rate for the model's number format is not known.</exception>
    /// <remarks>Williams, Waterman, Patterson: Roofline, 2009, https://doi.org/10.1145/1498765.1498785.</remarks>
    public static Picture Roofline(params IReadOnlyList<GpuForecast> forecasts)
        => new(RooflineDrawing.Of(Some(forecasts))) { Height = 540 + 25 * forecasts.Count };

    /// <summary>What holds the memory at the peak of a step, part by part, beside the card's own.</summary>
    /// <param name="forecasts">Forecasts, of one model on some cards or of some models on one.</param>
    /// <exception cref="DeepGpuArgumentException">There are none.</exception>
    public static Picture Memory(params IReadOnlyList<GpuForecast> forecasts)
        => new(MemoryDrawing.Of(Some(forecasts))) { Height = 220 + 50 * forecasts.Count };

    /// <summary>The time of the run against the price of the card, both logarithmic, coloured by the energy of the run: with the line of
    /// the cards that none beats in price and time, and rings around those that none beats in all three.</summary>
    /// <param name="recommendation">What <see cref="GpuAdvisor"/> recommends.</param>
    /// <exception cref="DeepGpuArgumentException">No card of it can be bought at a known price.</exception>
    public static Picture TimeEnergyPrice(Recommendation recommendation)
    {
        ArgumentNullException.ThrowIfNull(recommendation);
        return new(PriceDrawing.Of(recommendation));
    }

    /// <summary>The scores of the best cards of a ranking as bars.</summary>
    /// <param name="ranking">The ranking.</param>
    /// <param name="top">How many cards, at least 1. Default 15.</param>
    public static Picture Scores(GpuRanking ranking, int top = 15)
    {
        ArgumentNullException.ThrowIfNull(ranking);
        Require.AtLeast(top, 1, nameof(GpuCharts), nameof(top));
        List<ScoredGpu> cards = [.. ranking.Cards.Take(top).Reverse()];
        var plot = ChartParts.New($"{ranking.Profile.Name}: score by card", "score of 100", "");
        var bars = plot.Add.Bars(cards.Select(card => card.Score).ToArray());
        bars.Horizontal = true;
        foreach (var bar in bars.Bars) bar.Label = FormattableString.Invariant($"{bar.Value:0.0}");
        ChartParts.Names(plot.Axes.Left, [.. cards.Select(card => card.Card.Name)]);
        plot.Axes.SetLimitsX(0, 100);
        return new(plot) { Height = Math.Max(300, 110 + 28 * cards.Count) };
    }

    private static IReadOnlyList<GpuForecast> Some(IReadOnlyList<GpuForecast> forecasts)
    {
        ArgumentNullException.ThrowIfNull(forecasts);
        return forecasts.Count > 0 ? forecasts : throw Require.OutOfRange(nameof(GpuCharts), nameof(forecasts), "at least one", 0);
    }
}

using DeepGpu.Hardware;
using ScottPlot;

namespace DeepGpu.Visuals.Charts;

/// <summary>A run on a card: what the card costs, how long it takes, which energy it takes.</summary>
/// <param name="Card">The card.</param>
/// <param name="Place">The decimal logarithms of dollars and seconds.</param>
/// <param name="Energy">Joules of the run; null where the draw is not known.</param>
internal sealed record RunPoint(RecommendedGpu Card, Coordinates Place, double? Energy)
{
    /// <summary>The cards that can be bought at a known price.</summary>
    public static IReadOnlyList<RunPoint> Of(Recommendation recommendation)
    {
        List<RunPoint> points = [.. recommendation.Cards.Where(card => card is { Obstacle: null, Price: not null }).Select(Of)];
        return points.Count > 0 ? points : throw Require.OutOfRange(nameof(GpuCharts), nameof(recommendation),
            "one with a card that can be bought at a known price", "none");
    }

    /// <summary>Those that no other beats in price and time, the cheapest first.</summary>
    public static IReadOnlyList<RunPoint> Front(IEnumerable<RunPoint> points)
    {
        List<RunPoint> front = [];
        foreach (var point in points.OrderBy(point => point.Place.X).ThenBy(point => point.Place.Y))
            if (front.Count == 0 || point.Place.Y < front[^1].Place.Y) front.Add(point);
        return front;
    }

    /// <summary>Whether another is no worse in price, time and energy and better in one. An unknown energy beats nothing and is not
    /// beaten.</summary>
    public bool IsBeatenBy(RunPoint other)
        => other.Place.X <= Place.X && other.Place.Y <= Place.Y && other.Energy <= Energy
            && (other.Place.X < Place.X || other.Place.Y < Place.Y || other.Energy < Energy);

    private static RunPoint Of(RecommendedGpu card)
    {
        var seconds = card.RunTime.Value.TotalSeconds;
        return new(card, new(Math.Log10(card.Price!.Middle.Dollars), Math.Log10(seconds)),
            card.Forecast.AveragePower?.Value.Watts * seconds);
    }
}

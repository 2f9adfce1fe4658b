namespace DeepGpu.Hardware.Scoring;

/// <summary>What a figure of a card is likely to score: as those of the cards that are most like it. An unknown figure counts so, neither
/// for the card nor against it.</summary>
/// <remarks>Likeness falls by e^4 for another architecture, by e^2 for another segment and for each factor of e in memory and in bandwidth:
/// what is known of every card, so that likeness does not change with what is known.</remarks>
internal sealed class LikeCards
{
    private const double OtherArchitecture = 2;
    private const double OtherSegment = 1;

    /// <summary>The cards looked at first; further ones count where none of these has the figure.</summary>
    private const int Nearest = 32;

    private readonly Figures[] _cards;
    private readonly (int Row, double Weight)[]?[] _nearest;

    public LikeCards(IEnumerable<GpuSpec> cards)
    {
        _cards = [.. cards.Select(Figures.Of)];
        _nearest = new (int Row, double Weight)[]?[_cards.Length];
    }

    /// <summary>The logarithm of a card's likely score by the known ones of all others; 0, the best, where none is known.</summary>
    /// <param name="row">The card.</param>
    /// <param name="known">The logarithm of each card's score; NaN where it is not known.</param>
    public double LogScore(int row, double[] known)
    {
        var likely = Mean(_nearest[row] ??= NearestTo(row), known);
        if (double.IsNaN(likely)) likely = Mean(Others(row), known);
        return double.IsNaN(likely) ? 0 : likely;
    }

    private static double Mean((int Row, double Weight)[] others, double[] known)
    {
        double sum = 0, weights = 0;
        for (var i = 0; i < others.Length; i++)
        {
            var (row, weight) = others[i];
            if (double.IsNaN(known[row])) continue;
            sum += weight * known[row];
            weights += weight;
        }

        return weights > 0 ? sum / weights : double.NaN;
    }

    private (int Row, double Weight)[] NearestTo(int row) => [.. Others(row).OrderByDescending(other => other.Weight).Take(Nearest)];

    private (int Row, double Weight)[] Others(int row) => [.. Enumerable.Range(0, _cards.Length).Where(other => other != row)
        .Select(other => (other, Math.Exp(-2 * _cards[row].DistanceTo(_cards[other]))))];

    private readonly record struct Figures(GpuSpec Card, double Vram, double Bandwidth)
    {
        public static Figures Of(GpuSpec card) => new(
            card,
            Math.Log(card.Vram.Gibibytes),
            Math.Log(card.Bandwidth.GigabytesPerSecond));

        public double DistanceTo(Figures other)
            => (Card.Architecture == other.Card.Architecture ? 0 : OtherArchitecture) + (Card.Segment == other.Card.Segment ? 0
                : OtherSegment) + Math.Abs(Vram - other.Vram) + Math.Abs(Bandwidth - other.Bandwidth);
    }
}

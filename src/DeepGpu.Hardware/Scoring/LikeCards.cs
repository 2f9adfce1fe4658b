namespace DeepGpu.Hardware;

/// <summary>What an unknown figure of a card is likely to score: as those of the cards that are most like it, so that it is neither a
/// penalty
/// nor a present.</summary>
/// <remarks>Likeness falls by e for each other architecture or segment and for each factor of e in memory, bandwidth, rate and
/// year.</remarks>
internal sealed class LikeCards
{
    private const double OtherArchitecture = 2;
    private const double OtherSegment = 1;
    private const double YearsToE = 3;

    private readonly (GpuSpec Card, double Vram, double Bandwidth, double Rate, double Year)[] _cards;

    public LikeCards(IEnumerable<GpuSpec> cards) => _cards = [.. cards.Select(Figures)];

    /// <summary>The likely score of a card by the known scores of all; 1 where none is known.</summary>
    public double Score(int row, double?[] known)
    {
        double sum = 0, weights = 0;
        for (var other = 0; other < _cards.Length; other++)
        {
            if (other == row || known[other] is not { } score) continue;
            var weight = Math.Exp(-2 * Distance(_cards[row], _cards[other]));
            (sum, weights) = (sum + weight * Math.Log(score), weights + weight);
        }

        return weights > 0 ? Math.Exp(sum / weights) : 1;
    }

    private static double Distance((GpuSpec Card, double Vram, double Bandwidth, double Rate, double Year) one,
        (GpuSpec Card, double Vram, double Bandwidth, double Rate, double Year) other)
    {
        var kinds = (one.Card.Architecture == other.Card.Architecture ? 0 : OtherArchitecture)
            + (one.Card.Segment == other.Card.Segment ? 0 : OtherSegment);
        return kinds + Gap(one.Vram, other.Vram) + Gap(one.Bandwidth, other.Bandwidth) + Gap(one.Rate, other.Rate)
            + Gap(one.Year, other.Year);
    }

    /// <summary>The difference of two logarithms; none where one is not known.</summary>
    private static double Gap(double one, double other) => double.IsNaN(one) || double.IsNaN(other) ? 0 : Math.Abs(one - other);

    private static (GpuSpec Card, double Vram, double Bandwidth, double Rate, double Year) Figures(GpuSpec card) => (
        card,
        Math.Log(card.Vram.Gibibytes),
        Math.Log(card.Bandwidth.GigabytesPerSecond),
        Math.Log(card.RateAt(NumberFormat.Float32)?.Teraflops ?? double.NaN),
        card.ReleaseYear is { } year ? year / YearsToE : double.NaN);
}

using System.Collections.Immutable;

namespace DeepGpu.Hardware;

/// <summary>Scores cards by weighted criteria. A score compares cards of one catalogue; it is not a forecast of time.</summary>
/// <remarks>The total is a weighted geometric mean: a card twice as good in everything scores twice as high, and no strength
/// hides a weakness entirely.</remarks>
public sealed class GpuScorer
{
    private readonly ImmutableArray<IGpuCriterion> _criteria;

    /// <summary>Makes a scorer of some criteria, weighted as each proposes.</summary>
    public GpuScorer(params IEnumerable<IGpuCriterion> criteria) => _criteria = [.. criteria];

    /// <summary>Compute, memory, bandwidth and power.</summary>
    public static GpuScorer Default { get; } = new(new ComputeCriterion(), new VramCriterion(), new BandwidthCriterion(), new EfficiencyCriterion());

    /// <summary>Scores cards against the best of them, best first.</summary>
    public IReadOnlyList<ScoredGpu> Score(IReadOnlyCollection<GpuSpec> cards, NumberFormat precision)
    {
        ArgumentNullException.ThrowIfNull(cards);
        var best = _criteria.ToDictionary(c => c, c => cards.Max(card => c.Measure(card, precision)));
        return [.. cards.Select(card => Score(card, precision, best)).OrderByDescending(s => s.Score).ThenBy(s => s.Card.Name, StringComparer.Ordinal)];
    }

    private ScoredGpu Score(GpuSpec card, NumberFormat precision, Dictionary<IGpuCriterion, double?> best)
    {
        var weights = _criteria.Sum(c => c.DefaultWeight);
        var scores = _criteria.Select(c => Judge(c, c.Measure(card, precision), best[c], c.DefaultWeight / weights)).ToImmutableArray();
        var known = scores.Where(s => s.Score is not null).ToList();
        var total = known.Count == 0 ? 0 : Math.Exp(known.Sum(s => s.Weight * Math.Log(s.Score!.Value)) / known.Sum(s => s.Weight));
        return new(card, total, scores);
    }

    private static CriterionScore Judge(IGpuCriterion criterion, double? value, double? best, double weight)
        => new(criterion.Name, value, criterion.Unit, 100 * value / best, weight);
}

/// <summary>A card with its score and where it comes from.</summary>
/// <param name="Card">The card.</param>
/// <param name="Score">0 to 100, 100 being a card that is the best in everything.</param>
/// <param name="Criteria">What each criterion said.</param>
public sealed record ScoredGpu(GpuSpec Card, double Score, IReadOnlyList<CriterionScore> Criteria);

namespace DeepGpu.Hardware;

/// <summary>One thing a card is judged by. Stateless: add your own to <see cref="GpuScorer"/>.</summary>
public interface IGpuCriterion
{
    /// <summary>A short name, e.g. "compute": weights are given by it.</summary>
    string Name { get; }

    /// <summary>The unit of the value judged, e.g. "TFLOPS".</summary>
    string Unit { get; }

    /// <summary>Whether it is part of the throughput score: how fast, rather than how fitting, a card is. Default false.</summary>
    bool MeasuresSpeed => false;

    /// <summary>The weight where neither profile nor options give one. Default 0.1.</summary>
    double DefaultWeight => 0.1;

    /// <summary>The value judged; null where the catalogue does not state it.</summary>
    double? Measure(GpuCandidate candidate);

    /// <summary>The share of the best: 0 to 1. By default the value over the best value, larger being better.</summary>
    /// <param name="candidate">The card judged.</param>
    /// <param name="value">Its value.</param>
    /// <param name="best">The largest value of the catalogue.</param>
    double Score(GpuCandidate candidate, double value, double best) => value / best;
}

/// <summary>A card as the criteria see it.</summary>
/// <param name="Card">The card.</param>
/// <param name="Precision">The number format of the work.</param>
/// <param name="AsOf">The day on which ages are counted.</param>
/// <param name="Throughput">The throughput score, 0 to 100; 0 while the criteria that make it are measured.</param>
public readonly record struct GpuCandidate(GpuSpec Card, NumberFormat Precision, DateOnly AsOf, double Throughput);

/// <summary>What one criterion said of one card.</summary>
/// <param name="Name">The criterion's name.</param>
/// <param name="Value">The value judged; null where the catalogue does not state it.</param>
/// <param name="Unit">The value's unit.</param>
/// <param name="Score">0 to 100, 100 being the best card of the catalogue; an unknown value as cards like it score.</param>
/// <param name="Weight">The weight in the total, all weights together being 1.</param>
/// <param name="Reason">What the value means, and why it is weighed.</param>
public sealed record CriterionScore(string Name, double? Value, string Unit, double Score, double Weight, string Reason)
{
    /// <summary>What the criterion leaves of the total, 0 to 1: the product of all contributions, times 100, is the card's score.</summary>
    public double Contribution => Math.Pow(Score / 100, Weight);
}

/// <summary>A card with its score and where it comes from.</summary>
/// <param name="Card">The card.</param>
/// <param name="Score">0 to 100, 100 being a card that is the best in everything.</param>
/// <param name="Throughput">0 to 100: the part of the criteria that measure speed. It orders cards by speed;
/// it is not a forecast of time.</param>
/// <param name="Criteria">What each criterion said.</param>
public sealed record ScoredGpu(GpuSpec Card, double Score, double Throughput, IReadOnlyList<CriterionScore> Criteria)
{
    /// <summary>The criteria that could not be judged for want of a figure.</summary>
    public IEnumerable<string> NotJudged => Criteria.Where(criterion => criterion.Value is null).Select(criterion => criterion.Name);
}

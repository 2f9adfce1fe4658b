namespace DeepGpu.Hardware;

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

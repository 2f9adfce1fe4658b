using System.Globalization;

namespace DeepGpu.Hardware;

/// <summary>Cards ranked for a workload, and those that fail a requirement.</summary>
public sealed record Recommendation
{
    /// <summary>What the cards are ranked for.</summary>
    public required Workload Workload { get; init; }

    /// <summary>The cards that meet every requirement, best first.</summary>
    public required IReadOnlyList<ScoredGpu> Cards { get; init; }

    /// <summary>The cards that fail one.</summary>
    public required IReadOnlyList<RejectedGpu> Rejected { get; init; }

    /// <summary>The first five cards with what decided, as text.</summary>
    public override string ToString() => string.Join(Environment.NewLine, Cards.Take(5).Select(Line).Prepend(Header()));

    private string Header() => string.Create(CultureInfo.InvariantCulture,
        $"GPUs for {Workload.Task.ToString().ToLowerInvariant()} '{Workload.Name}' (batch {Workload.BatchSize}, {Workload.Precision}): {Cards.Count} ranked, {Rejected.Count} do not meet the requirements");

    private static string Line(ScoredGpu card, int index) => string.Create(CultureInfo.InvariantCulture,
        $"{index + 1,3}. {card.Card.Name,-24} score {card.Score,5:0.0}   {string.Join("   ", card.Criteria.Select(Reason))}");

    private static string Reason(CriterionScore c) => string.Create(CultureInfo.InvariantCulture, $"{c.Criterion} {c.Value:0.#} {c.Unit}");
}

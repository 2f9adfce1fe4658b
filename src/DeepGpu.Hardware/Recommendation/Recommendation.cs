using System.Globalization;

namespace DeepGpu.Hardware;

/// <summary>Cards ranked for a workload, and those that fail a requirement.</summary>
public sealed record Recommendation
{
    private const int ShownCards = 5;

    /// <summary>What the cards are ranked for, where a model was given; else null.</summary>
    public Workload? Workload { get; init; }

    /// <summary>The kind of work, with what it weighs and why.</summary>
    public required WorkloadProfile Profile { get; init; }

    /// <summary>Training throughput, inference throughput or latency.</summary>
    public required WorkloadGoal Goal { get; init; }

    /// <summary>The number format of the work.</summary>
    public required NumberFormat Precision { get; init; }

    /// <summary>What a card must have.</summary>
    public required Requirements Requirements { get; init; }

    /// <summary>The cards that meet every requirement, best first.</summary>
    public required IReadOnlyList<ScoredGpu> Cards { get; init; }

    /// <summary>The cards that fail one, best score first.</summary>
    public required IReadOnlyList<RejectedGpu> Rejected { get; init; }

    /// <summary>Every card of the catalogue with its score, whatever is required, best first.</summary>
    public required IReadOnlyList<ScoredGpu> All { get; init; }

    /// <summary>The best card, or null where none meets the requirements.</summary>
    public ScoredGpu? Best => Cards.Count > 0 ? Cards[0] : null;

    /// <summary>The second-best card, or null.</summary>
    public ScoredGpu? RunnerUp => Cards.Count > 1 ? Cards[1] : null;

    /// <summary>What would change the verdict: other requirements, and the card that would then be the best.
    /// Only changes that do are listed.</summary>
    public IReadOnlyList<WhatIf> WhatWouldChangeTheVerdict => WhatIfs.Of(this);

    /// <summary>The verdict in one paragraph: the card, why, what the runner-up does better, and what would change it.</summary>
    public string Explain() => RecommendationText.Paragraph(this);

    /// <summary>What each criterion contributed to the best card's score, beside the runner-up, as a table of plain text;
    /// empty where no card is ranked.</summary>
    public string Table() => RecommendationText.Table(this);

    /// <summary>The ranking as public JSON:
    /// <c>{cards: [{name, score, criteria: [{name, value, unit, score, weight, reason}]}],
    /// rejected: [{name, rule, required, actual}]}</c>.</summary>
    /// <param name="top">How many cards to list. Default all.</param>
    public string ToJson(int top = int.MaxValue) => RecommendationText.Json(this, top);

    /// <summary>A heading, the first five cards with what decided, the paragraph, and the table.</summary>
    public override string ToString()
        => string.Join(Environment.NewLine, [Header(), .. Cards.Take(ShownCards).Select(Line), Explain(), Table()]);

    private string Header() => string.Create(CultureInfo.InvariantCulture,
        $"GPUs for {RecommendationText.Work(this)}: {Cards.Count} ranked, {Rejected.Count} do not meet the requirements");

    private static string Line(ScoredGpu card, int index) => string.Create(CultureInfo.InvariantCulture,
        $"{index + 1,3}. {card.Card.Name,-24} score {card.Score,5:0.0}   "
            + $"throughput {card.Throughput,5:0.0}   {string.Join("   ", card.Criteria.Take(2).Select(Value))}   {card.Card.Vram}   "
            + $"{card.Card.Tdp?.ToString() ?? "power unknown"}");

    private static string Value(CriterionScore c) => string.Create(CultureInfo.InvariantCulture, $"{c.Name} {c.Value:0.#} {c.Unit}");
}

/// <summary>Other requirements, and the card that would then be the best.</summary>
/// <param name="Change">The change, e.g. "with a 300 W budget".</param>
/// <param name="Card">The card.</param>
public sealed record WhatIf(string Change, GpuSpec Card)
{
    /// <summary>Change and card.</summary>
    public override string ToString() => $"{Change}: {Card.Name}";
}

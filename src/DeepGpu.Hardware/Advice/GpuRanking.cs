using System.Globalization;
using DeepGpu.Hardware.Advice;
using DeepGpu.Hardware.Texts;

namespace DeepGpu.Hardware;

/// <summary>Cards ranked for a kind of work without a model: by what they can do, not by a forecast. For a model see
/// <see cref="Recommendation"/>.</summary>
public sealed record GpuRanking
{
    /// <summary>The rule of cards that one cannot buy new by themselves.</summary>
    internal const string SaleRule = "sale";

    private const int ShownCards = 5;

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

    /// <summary>The cards that fail nothing known, but of which something is not known that a requirement needs.</summary>
    public required IReadOnlyList<RejectedGpu> Unjudged { get; init; }

    /// <summary>Every card of the catalogue with its score, whatever is required, best first.</summary>
    public required IReadOnlyList<ScoredGpu> All { get; init; }

    /// <summary>The cards that only fail in that one cannot buy them new by themselves.</summary>
    public IEnumerable<RejectedGpu> NotSold => Rejected.Where(card => card.Rule == SaleRule);

    internal static string Text(GpuObstacle obstacle) => obstacle switch
    {
        GpuObstacle.Discontinued => "no longer sold new",
        GpuObstacle.NotOnSale => "not sold yet, or never",
        GpuObstacle.SoldElsewhere => "sold in one country only",
        _ => "sold within computers and servers or by renting only",
    };

    /// <summary>Whether a card meets some requirements and is offered.</summary>
    internal Func<Requirements, GpuSpec, bool> Passes { get; init; } = (rules, card) => rules.Check(card).Count == 0;

    /// <summary>The best card, or null where none meets the requirements.</summary>
    public ScoredGpu? Best => Cards.Count > 0 ? Cards[0] : null;

    /// <summary>The second-best card, or null.</summary>
    public ScoredGpu? RunnerUp => Cards.Count > 1 ? Cards[1] : null;

    /// <summary>What would change the verdict: other requirements, and the card that would then be the best. Only changes that do are
    /// listed.</summary>
    public IReadOnlyList<WhatIf> WhatWouldChangeTheVerdict => WhatIfs.Of(this);

    /// <summary>The verdict in one paragraph: the card, why, what the runner-up does better, and what would change it.</summary>
    public string Explain() => RankingText.Paragraph(this);

    /// <summary>What each criterion contributed to the best card's score, beside the runner-up, as a table of plain text; empty where no
    /// card is ranked.</summary>
    public string Table() => RankingText.Table(this);

    /// <summary>The ranking as public JSON: <c>{cards: [{name, score, throughput, criteria: [...]}], unjudged: [...], rejected: [{name,
    /// rule, required, actual}]}</c>.</summary>
    /// <param name="top">How many cards to list. Default all.</param>
    public string ToJson(int top = int.MaxValue) => RankingText.Json(this, top);

    /// <summary>A heading, the first five cards with what decided, the paragraph, and the table.</summary>
    public override string ToString()
        => string.Join(Environment.NewLine, [Header(), .. Cards.Take(ShownCards).Select(Line), Explain(), Table()]);

    private string Header() => string.Create(CultureInfo.InvariantCulture,
        $"GPUs for {RankingText.Work(this)}: {Cards.Count} ranked, {Rejected.Count} do not meet the requirements, "
            + $"{Unjudged.Count} not judged");

    private static string Line(ScoredGpu card, int index) => string.Create(CultureInfo.InvariantCulture,
        $"{index + 1,3}. {card.Card.Name,-24} {string.Join("   ", card.Criteria.Where(c => c.Value is not null).Take(2).Select(Value))}   "
            + $"{card.Card.Vram}   {card.Card.Tdp?.ToString() ?? "power unknown"}");

    private static string Value(CriterionScore c) => $"{c.Name} {Words.Of(c.Value!.Value)} {c.Unit}";
}

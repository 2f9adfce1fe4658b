using DeepGpu.Hardware.Advice;

namespace DeepGpu.Hardware;

/// <summary>The answer to "which card for this model?": what is needed, whether a GPU is, up to three cards, rent or buy, what would
/// change it,
/// and what is not known.</summary>
public sealed record Recommendation
{
    /// <summary>What is run.</summary>
    public required Workload Workload { get; init; }

    /// <summary>What a card must have.</summary>
    public required Requirements Requirements { get; init; }

    /// <summary>What was assumed.</summary>
    public required RecommendationOptions Options { get; init; }

    /// <summary>The run that times and costs are of.</summary>
    public required RunLength Run { get; init; }

    /// <summary>Memory, and what bounds the speed; null where no card has units for the number format or a known rate.</summary>
    public required WorkloadNeeds? Needs { get; init; }

    /// <summary>Whether a GPU is needed at all; null where no card's time is known.</summary>
    public required NeedOfGpu? Gpu { get; init; }

    /// <summary>Up to three cards with the reason, that of the policy first; empty where no card that can be bought will do.</summary>
    public required IReadOnlyList<GpuPick> Picks { get; init; }

    /// <summary>The run on the cheapest rented card beside the first pick; null where nothing is rented out that will do.</summary>
    public required RentOrBuy? RentOrBuy { get; init; }

    /// <summary>What would change the verdict: another thing asked for, and the card that would then be the first.</summary>
    public required IReadOnlyList<WhatIf> WhatWouldChangeTheVerdict { get; init; }

    /// <summary>What is not known and was not used against a card, a sentence each.</summary>
    public required IReadOnlyList<string> Unknown { get; init; }

    /// <summary>Where the model fits no card: the smallest changes that make it fit the card with most memory, each forecast. Else
    /// empty.</summary>
    public required IReadOnlyList<FitRemedy> Remedies { get; init; }

    /// <summary>The card that <see cref="Remedies"/> are for; null where the model fits one.</summary>
    public GpuSpec? LargestCard { get; init; }

    /// <summary>The cards that meet every requirement and that the model fits, or may fit: those that can be bought, by the policy, then
    /// the
    /// others by speed.</summary>
    public required IReadOnlyList<RecommendedGpu> Cards { get; init; }

    /// <summary>The cards that are rented out and that the model surely fits, whatever form and price were required of one to buy, the
    /// cheapest
    /// run first.</summary>
    public required IReadOnlyList<RecommendedGpu> Rentable { get; init; }

    /// <summary>The cards that fail a requirement, or that the model does not fit.</summary>
    public required IReadOnlyList<RejectedGpu> Rejected { get; init; }

    /// <summary>The cards that fail nothing known, but of which something is not known that a requirement needs.</summary>
    public required IReadOnlyList<RejectedGpu> Unjudged { get; init; }

    /// <summary>What it was made for.</summary>
    internal AdvisedWork Work { get => field ?? new ModelWork(Workload, GpuForecaster.Default, Options.Forecast); init; }

    /// <summary>The catalogue it was made from.</summary>
    internal GpuCatalog Catalog { get; init; } = GpuCatalog.Default;

    /// <summary>The card of the first pick; null where there is none.</summary>
    public RecommendedGpu? Best => Picks.Count > 0 ? Picks[0].Gpu : null;

    /// <summary>The cards among <see cref="Cards"/> whose price is not known: no pick is made of them.</summary>
    public IEnumerable<RecommendedGpu> WithoutPrice => Cards.Where(card => card.Price is null);

    /// <summary>The verdict in at most five sentences.</summary>
    public string Explain() => RecommendationText.Verdict(this);

    /// <summary>The recommendation as public JSON (docs/schemas/choose.schema.json).</summary>
    /// <param name="top">How many cards to list. Default all.</param>
    public string ToJson(int top = int.MaxValue) => RecommendationJson.Of(this, top);

    /// <summary>The recommendation as one HTML file that needs no network: the picks, time against money, and the cards with sliders for
    /// price,
    /// watts and memory. Without script it shows every card.</summary>
    public string ToHtml() => RecommendationPage.Of(this, Catalog);

    /// <summary>The recommendation in at most 12 lines.</summary>
    public override string ToString() => string.Join(Environment.NewLine, RecommendationText.Lines(this));
}

using DeepGpu.Hardware.Forecasting;

namespace DeepGpu.Hardware.Advice;

/// <summary>Makes a recommendation: forecasts every card once, then only looks through the list.</summary>
internal sealed class Recommender(GpuCatalog catalog, AdvisedWork work, Requirements rules, RecommendationOptions options)
{
    private readonly RunLength _run = work.Run(options);

    public Recommendation Run()
    {
        List<JudgedGpu> judged = Judged(work);
        var chosen = Choose(judged, rules);
        var rentable = Rentable(judged);
        var lacking = chosen.Cards.Any(card => card.Forecast.Fits == FitVerdict.Fits) ? null : LargestOf(judged);
        return new()
        {
            Work = work,
            Workload = work.Workload,
            Requirements = rules,
            Options = options,
            Catalog = catalog,
            Run = _run,
            Needs = NeedsOf(chosen),
            Gpu = NeedOf(chosen),
            Picks = [.. chosen.Picks.Select(Limited)],
            RentOrBuy = RentOrBuy.Of(rentable.FirstOrDefault(), chosen.Picks.Count > 0 ? chosen.Picks[0].Gpu : null, options),
            WhatWouldChangeTheVerdict = new VerdictChanges(judged, this, work, rules).Of(chosen),
            Unknown = [.. work.Unknown, .. UnknownFigures.Of(chosen)],
            Remedies = lacking is null ? [] : RemediesOf(lacking, judged),
            LargestCard = lacking,
            Cards = chosen.Cards,
            Rentable = rentable,
            Rejected = chosen.Rejected,
            Unjudged = chosen.Unjudged,
        };
    }

    /// <summary>The cards that pass some requirements, in order, and the picks among them.</summary>
    public Chosen Choose(IReadOnlyList<JudgedGpu> judged, Requirements asked)
    {
        List<RejectedGpu> rejected = [], unjudged = [];
        List<JudgedGpu> passed = [];
        foreach (var card in judged)
        {
            var failures = card.FailuresOf(asked);
            if (failures.Count == 0) passed.Add(card);
            else if (failures.All(failure => failure.IsUnknown)) unjudged.Add(new(card.Card, failures));
            else rejected.Add(new(card.Card, [.. failures.Where(failure => !failure.IsUnknown)]));
        }

        return Ordered(passed, asked) with { Rejected = rejected, Unjudged = unjudged };
    }

    private Chosen Ordered(List<JudgedGpu> passed, Requirements asked)
    {
        if (passed.Count == 0) return new([], [], null);
        var fastest = passed.MinBy(card => card.Step.Value)!;
        var equal = new EqualSpeed(fastest.Forecast!, options.Policy, work);
        List<RecommendedGpu> cards = [.. passed.Select(card => card.Priced(_run, options, equal, asked))];
        var policy = new PolicyOrder(options, _run, work);
        var picks = policy.Picks(cards);
        return new(policy.Sorted(cards), picks, cards.First(card => card.Card == fastest.Card));
    }

    /// <summary>Cards that may be rented: whatever price, form and sale are required of a bought one.</summary>
    private List<RecommendedGpu> Rentable(IReadOnlyList<JudgedGpu> judged)
    {
        var asked = rules with
        {
            MaxPrice = null,
            Host = null,
            Supply = null,
            MaxPower = null,
            MaxSystemPower = null,
            MaxSlotWidth = null,
            MaxLengthMillimetres = null,
            Cooling = null,
            Segment = null
        };
        return
        [
            .. judged.Where(card => card.Forecast?.Fits == FitVerdict.Fits && card.FailuresOf(asked).Count == 0)
                .Select(card => card.Rented(_run, options)).OfType<RecommendedGpu>().OrderBy(card => card.RentedRun!.Value.Value.Dollars),
        ];
    }

    /// <summary>The pick with what a lower power limit would save.</summary>
    private GpuPick Limited(GpuPick pick) => LowerPowerLimit.Of(work, pick.Gpu.Forecast) is not { } limit ? pick
        : pick with { LowerLimit = limit, Reason = $"{pick.Reason.TrimEnd('.')}; {limit}." };

    /// <summary>Every card with its forecast of some work.</summary>
    public List<JudgedGpu> Judged(AdvisedWork asked)
        => [.. catalog.Cards.Select(card => new JudgedGpu(card, asked.On(card), asked, catalog.Prices))];

    private WorkloadNeeds? NeedsOf(Chosen chosen) => chosen.Fastest is not { } fastest ? null : new(
        fastest.Forecast.Memory.Peak,
        fastest.Forecast.BoundBy!.Value,
        BoundText.Of(fastest.Forecast, work.StepWord),
        chosen.Cards.Count(card => card.IsAsFastAsTheFastest && card.Forecast.Fits == FitVerdict.Fits),
        chosen.Cards.Count + chosen.Rejected.Count(card => card.Failures.All(failure => failure.Rule == JudgedGpu.MemoryRule)))
    {
        LeastCard = chosen.Cards.Where(card => card.Forecast.Fits == FitVerdict.Fits).Select(card => (ByteSize?)card.Card.Vram).Min(),
    };

    private NeedOfGpu? NeedOf(Chosen chosen)
    {
        if ((chosen.Picks.Count > 0 ? chosen.Picks[0].Gpu : chosen.Fastest) is not { } card) return null;
        var processor = options.Processor ?? Processor.OfThisMachine;
        var time = _run.Time(processor.Forecast(work.Workload));
        var suffices = time.Value <= options.Policy.Patience || time.Value <= card.RunTime.Value * options.Policy.WorthwhileGain;
        return new(processor, time, card.RunTime, !suffices);
    }

    /// <summary>Where the model fits no card: the one with most memory among those that fail nothing else.</summary>
    private GpuSpec? LargestOf(IEnumerable<JudgedGpu> judged)
        => TooSmall(judged).MaxBy(FitRule.UsableBytes);

    /// <summary>The changes for the largest card; where that one cannot share its work, the number of the largest that can.</summary>
    private IReadOnlyList<FitRemedy> RemediesOf(GpuSpec largest, IEnumerable<JudgedGpu> judged)
    {
        var remedies = work.Remedies(largest);
        if (remedies.Any(remedy => remedy.Kind == FitRemedyKind.MoreCards)) return remedies;
        var shared = TooSmall(judged).OrderByDescending(FitRule.UsableBytes)
            .Select(card => work.MoreCards(card)).FirstOrDefault(remedy => remedy is not null);
        return shared is null ? remedies : [.. remedies, shared];
    }

    private IEnumerable<GpuSpec> TooSmall(IEnumerable<JudgedGpu> judged)
        => judged.Where(card => card.Forecast is { Fits: not FitVerdict.Fits } && rules.Check(card.Card, catalog.Prices).Count == 0)
            .Select(card => card.Card);
}

/// <summary>What came out of one set of requirements.</summary>
/// <param name="Cards">The cards that pass, in order.</param>
/// <param name="Picks">The picks.</param>
/// <param name="Fastest">The fastest of the cards that pass; null where none does.</param>
internal sealed record Chosen(IReadOnlyList<RecommendedGpu> Cards, IReadOnlyList<GpuPick> Picks, RecommendedGpu? Fastest)
{
    public IReadOnlyList<RejectedGpu> Rejected { get; init; } = [];

    public IReadOnlyList<RejectedGpu> Unjudged { get; init; } = [];
}

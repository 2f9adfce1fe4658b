namespace DeepGpu.Hardware.Advice;

/// <summary>Finds what would change a recommendation: each question is a look through the forecasts that were made.</summary>
internal sealed class VerdictChanges(IReadOnlyList<JudgedGpu> judged, Recommender recommender, AdvisedWork work, Requirements rules)
{
    private const double Pays = 1.5;
    private const int LargestBatch = 1 << 16;

    public IReadOnlyList<WhatIf> Of(Chosen chosen)
    {
        var best = chosen.Picks.Count > 0 ? chosen.Picks[0].Gpu : null;
        List<WhatIf> changes = [];
        if (best is not null && LargerBatch(chosen, best) is { } batch) changes.Add(batch);
        var asked = RequirementChanges.Dropped(rules).Concat(rules.Used ? [] : [("with used cards as well", rules with { Used = true })]);
        foreach (var (text, other) in asked) Add(text, recommender.Choose(judged, other));
        foreach (var (text, other) in best is null ? [] : work.Alternatives)
            Add(text, recommender.Choose(recommender.Judged(other), rules));
        return [.. changes.DistinctBy(change => change.Card)];

        void Add(string text, Chosen other)
        {
            if (other.Picks is [var first, ..] && first.Gpu.Card != best?.Card)
                changes.Add(new(text, first.Gpu.Card) { Price = first.Gpu.Price });
        }
    }

    /// <summary>Where any card will do: the batch from which one that can be bought gains half again on the one picked, and the cheapest
    /// that does.</summary>
    private WhatIf? LargerBatch(Chosen chosen, RecommendedGpu best)
    {
        if (chosen.Cards.Count(card => card.IsAsFastAsTheFastest) * 2 < chosen.Cards.Count) return null;
        List<RecommendedGpu> buyable = [.. chosen.Cards.Where(card => card is { Obstacle: null, Price: not null })
            .OrderBy(card => card.Price!.Middle.Dollars)];
        var fast = buyable.MaxBy(card => card.Card.Bandwidth)!;
        if (fast.Card == best.Card) return null;
        for (var batch = work.Workload.BatchSize * 2; batch <= LargestBatch; batch *= 2)
        {
            var larger = work.AtBatch(batch);
            if (Step(larger, best.Card) is not { } slow || Step(larger, fast.Card) is not { } quick) return null;
            if (slow / quick < Pays) continue;
            var cheapest = buyable.First(card => card.Card == fast.Card || (Step(larger, card.Card) is { } time && slow / time >= Pays));
            return new($"at a batch of {batch}, where a larger card would pay", cheapest.Card) { Price = cheapest.Price };
        }

        return null;
    }

    private static TimeSpan? Step(AdvisedWork larger, GpuSpec card)
        => larger.On(card) is { Fits: FitVerdict.Fits, StepTime: { } time } ? time.Value : null;
}

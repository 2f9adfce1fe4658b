namespace DeepGpu.Hardware.Advice;

/// <summary>Finds what would change a verdict. Scores do not depend on requirements, so each question is a look
/// through the ranked list.</summary>
internal static class WhatIfs
{
    private const int ShownBudgets = 3;

    private static readonly double[] Budgets = [75, 150, 200, 250, 300, 350, 450, 700, 1000];

    public static IReadOnlyList<WhatIf> Of(GpuRanking verdict)
    {
        var answers = Answers(verdict, RequirementChanges.Dropped(verdict.Requirements));
        if (verdict.Best is { } best)
            answers = [.. answers, .. Cheaper(verdict, best.Card), .. Answers(verdict, RequirementChanges.Added(verdict.Requirements,
                best.Card))];
        return [.. answers.Where(answer => !ReferenceEquals(answer.Card, verdict.Best?.Card)).DistinctBy(answer => answer.Card)];
    }

    /// <summary>The lowest budget that each card is the best for, the highest first.</summary>
    private static IEnumerable<WhatIf> Cheaper(GpuRanking verdict, GpuSpec best)
        => Answers(verdict, Budgets.Where(budget => budget < best.Tdp?.Watts)
            .Select(watts => ($"with a {watts:0} W budget", verdict.Requirements with { MaxPower = Power.FromWatts(watts) })))
            .DistinctBy(answer => answer.Card).Reverse().Take(ShownBudgets);

    private static List<WhatIf> Answers(GpuRanking verdict, IEnumerable<(string Text, Requirements Rules)> changes)
        => [.. changes.Select(change =>
            (change.Text, First: verdict.All.FirstOrDefault(scored => verdict.Passes(change.Rules, scored.Card))))
            .Where(answer => answer.First is not null).Select(answer => new WhatIf(answer.Text, answer.First!.Card))];
}

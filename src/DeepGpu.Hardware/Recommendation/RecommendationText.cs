using System.Globalization;

namespace DeepGpu.Hardware;

/// <summary>A recommendation in words that need no dictionary.</summary>
internal static class RecommendationText
{
    private const int ShownChanges = 2;
    private const int ShownUnknown = 3;

    /// <summary>At most five sentences.</summary>
    public static string Verdict(Recommendation r) => string.Join(" ", Sentences(r));

    public static IEnumerable<string> Sentences(Recommendation r)
        => new[] { First(r), Needs(r), Take(r), Others(r), Rent(r) }.OfType<string>();

    /// <summary>At most 12 lines.</summary>
    public static IReadOnlyList<string> Lines(Recommendation r) =>
    [
        First(r),
        .. Present(Needs(r)),
        .. r.Remedies.Select(remedy => $"  It fits with {remedy}."),
        .. r.Picks.Select(pick => $"  {pick.Gpu.Card.Name}: {pick.Reason}"),
        .. Present(Rent(r)),
        .. r.WhatWouldChangeTheVerdict.Take(ShownChanges).Select(change => $"  {Words.Sentence(change.ToString())}."),
        .. Present(Unknown(r)),
    ];

    public static string Work(Workload workload)
    {
        var (name, task) = (PrintableText.Of(workload.Name), workload.Task.ToString().ToLowerInvariant());
        return Text($"'{name}' ({task}, batch {workload.BatchSize}, {workload.Precision})");
    }

    private static string First(Recommendation r) => r switch
    {
        { LargestCard: { } largest }
            => $"{Words.Sentence(Work(r.Workload))} surely fits no card that meets the requirements: {Largest(r, largest)}.",
        { Gpu: null } => $"No card meets every requirement for {Work(r.Workload)}.",
        { Needs.AnyCardWillDo: true, Gpu.IsNeeded: false }
            => $"Any GPU is enough for {Work(r.Workload)}, and so is the processor: {Times(r)}.",
        { Needs.AnyCardWillDo: true } => $"Any GPU is enough for {Work(r.Workload)}: {Times(r)}.",
        { Gpu.IsNeeded: false } => $"The processor is enough for {Work(r.Workload)}: {Times(r)}.",
        _ => $"A GPU is needed for {Work(r.Workload)}: {Times(r)}.",
    };

    private static string Times(Recommendation r)
    {
        var (gpu, needs) = (r.Gpu!, r.Needs!);
        var card = needs.AnyCardWillDo ? Text($"any of {needs.EqualCards} of {needs.ConsideredCards} cards") : r.Best?.Card.Name
            ?? "the fastest card";
        return $"{r.Run.Text} take about {Words.Of(gpu.OnProcessor.Value)} on {gpu.Processor.Name} and "
            + $"{Words.Of(gpu.OnGpu.Value)} on {card}";
    }

    private static string Largest(Recommendation r, GpuSpec largest)
        => $"{largest.Name}, the largest, has {largest.Vram}, and it needs "
            + $"{MemoryFitting.Forecast(r.Workload, r.Options.Forecast).Peak.Value}";

    private static string? Needs(Recommendation r) => r.LargestCard is not null || r.Needs is not { } needs ? null
        : $"It needs {Words.Between($"{needs.Memory.Value}", $"{needs.Memory.Low}", $"{needs.Memory.High}")} of memory; its speed "
            + $"is limited by {needs.Bound}"
        + (needs.AnyCardWillDo ? ", so that a dearer card buys nothing." : ".");

    private static string? Take(Recommendation r)
    {
        if (r.LargestCard is not null || r.Gpu is null) return r.Remedies.Count == 0 ? null
            : $"It fits with {string.Join("; or with ", r.Remedies)}.";
        if (r.Picks.Count == 0) return "No card that meets the requirements is sold by itself at a known price.";
        var (best, opening) = (r.Picks[0].Gpu, r.Gpu.IsNeeded ? "Take" : "If one is bought anyway, take");
        return $"{opening} {best.Card.Name} ({best.Card.Vram}, {best.Price!.TextOn(r.Options.Day)}): it fits, and the run takes "
            + $"{Words.Of(best.RunTime)}.";
    }

    private static string? Others(Recommendation r)
    {
        if (r.Picks.Count < 2) return null;
        var first = r.Picks[0].Gpu;
        return string.Join("; ", r.Picks.Skip(1).Select((pick, place) => Other(pick.Gpu, first, r.Options.Day, isFirst: place == 0))) + ".";
    }

    private static string Other(RecommendedGpu gpu, RecommendedGpu first, DateOnly today, bool isFirst)
    {
        var word = gpu.Price!.Middle < first.Price!.Middle ? "cheaper" : "faster";
        return $"{(isFirst ? Words.Sentence(word) : word)} is {gpu.Card.Name} ({gpu.Price.TextOn(today)}), {Words.Of(gpu.RunTime.Value)}";
    }

    private static string? Rent(Recommendation r)
    {
        if (r.RentOrBuy is not { } offer) return null;
        var rented =
            $"Rented, a run costs {Words.Of(offer.RentedRun)} on {offer.RentedCard.Name} ({offer.Rent}, {PriceYear(offer, r.Options.Day)})";
        return $"{rented}{BreakEven(offer)}.";
    }

    private static string PriceYear(RentOrBuy offer, DateOnly today)
    {
        var years = (today.DayNumber - offer.Rent.Date.DayNumber) / 365;
        return Text($"{offer.Rent.Date.Year}") + (years > 0 ? $", {Words.Count(years, "year")} old" : "");
    }

    private static string BreakEven(RentOrBuy offer) => offer switch
    {
        { BoughtCard: null } => "",
        { BreakEvenRuns: null } => $"; buying {offer.BoughtCard!.Name} never pays",
        { BreakEvenRuns: { } runs, BreakEvenMonths: { } months } =>
            $"; buying {offer.BoughtCard!.Name} pays after {Words.Of(Math.Max(1, Math.Ceiling(runs)))} runs, "
                + $"{Words.Of(offer.BreakEvenHours!.Value)} hours of use ({Months(months)}"
            + (offer.IsBuyingCheaper == false ? ", longer than it is kept)" : ")"),
        _ => "",
    };

    private static string Months(double months) => months switch
    {
        < 1 => "within a month",
        > 1200 => "more than a century",
        > 36 => Text($"{months / 12:0.#} years"),
        _ => Text($"{months:0} months"),
    };

    private static string? Unknown(Recommendation r)
        => r.Unknown.Count == 0 ? null : $"Not judged: {string.Join("; ", r.Unknown.Take(ShownUnknown))}.";

    private static string[] Present(string? line) => line is null ? [] : [line];

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

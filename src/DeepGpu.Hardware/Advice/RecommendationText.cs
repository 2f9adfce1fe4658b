using System.Globalization;
using DeepGpu.Hardware.Texts;

namespace DeepGpu.Hardware.Advice;

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
        .. r.Picks.Select(pick => $"  {Name(r, pick.Gpu)}: {pick.Reason}"),
        .. Present(Rent(r)),
        .. r.WhatWouldChangeTheVerdict.Take(ShownChanges).Select(change => $"  {Words.Sentence(change.ToString())}."),
        .. Present(Unknown(r)),
    ];

    private static string First(Recommendation r) => r switch
    {
        { LargestCard: { } largest }
            => $"{Words.Sentence(r.Work.Text)} surely fits no card that meets the requirements: {Largest(r, largest)}.",
        { Gpu: null, Unjudged: { Count: > 0 } cards } when cards.All(card => card.Rule == JudgedGpu.TimeRule)
            => $"The time of {r.Work.Text} is not forecast, so that no card is picked: it needs {r.Work.Peak}.",
        { Gpu: null } => $"No card meets every requirement for {r.Work.Text}.",
        { Needs.AnyCardWillDo: true, Gpu.IsNeeded: false }
            => $"Any GPU is enough for {r.Work.Text}, and so is the processor: {Times(r)}.",
        { Needs.AnyCardWillDo: true } => $"Any GPU is enough for {r.Work.Text}: {Times(r)}.",
        { Gpu.IsNeeded: false } => $"The processor is enough for {r.Work.Text}: {Times(r)}.",
        _ => $"A GPU is needed for {r.Work.Text}: {Times(r)}.",
    };

    private static string Times(Recommendation r)
    {
        var (gpu, needs) = (r.Gpu!, r.Needs!);
        var card = needs.AnyCardWillDo ? Text($"any of {needs.EqualCards} of {needs.ConsideredCards} cards")
            : r.Best is { } best ? Name(r, best) : "the fastest card";
        return $"{r.Run.Text} take about {Words.Of(gpu.OnProcessor.Value)} on {gpu.Processor.Name} and "
            + $"{Words.Of(gpu.OnGpu.Value)} on {card}";
    }

    private static string Largest(Recommendation r, GpuSpec largest)
        => $"{largest.Name}, the largest, has {largest.Vram}, and it needs "
            + $"{r.Work.Peak}";

    private static string? Needs(Recommendation r) => r.LargestCard is not null || r.Needs is not { } needs ? null
        : $"It needs {Words.Between($"{needs.Memory.Value}", $"{needs.Memory.Low}", $"{needs.Memory.High}")} of memory"
            + (r.Work.NamesLeastMemory && needs.LeastCard is { } least ? $", a card of {least} or more" : "")
            + $"; its speed is limited by {needs.Bound}"
        + (needs.AnyCardWillDo ? ", so that a dearer card buys nothing." : ".");

    private static string? Take(Recommendation r)
    {
        if (r.LargestCard is not null || r.Gpu is null) return r.Remedies.Count == 0 ? null
            : $"It fits with {string.Join("; or with ", r.Remedies)}.";
        if (r.Picks.Count == 0) return "No card that meets the requirements is sold by itself at a known price.";
        var (best, opening) = (r.Picks[0].Gpu, r.Gpu.IsNeeded ? "Take" : "If one is bought anyway, take");
        return $"{opening} {Name(r, best)} with {best.Card.Vram} for {best.Price!.TextOn(r.Options.Day)}: it fits, and the run takes "
            + $"{Words.Of(best.RunTime)}{PickReasons.Tokens(best)}{Limit(r.Picks[0])}.";
    }

    private static string Limit(GpuPick pick) => pick.LowerLimit is { } limit ? $"; {limit}" : "";

    private static string? Others(Recommendation r)
    {
        if (r.Picks.Count < 2) return null;
        return string.Join("; ", r.Picks.Skip(1).Select((pick, place) => Other(r, pick.Gpu, isFirst: place == 0))) + ".";
    }

    private static string Other(Recommendation r, RecommendedGpu gpu, bool isFirst)
    {
        var word = gpu.Price!.Middle < r.Picks[0].Gpu.Price!.Middle ? "cheaper" : "faster";
        return $"{(isFirst ? Words.Sentence(word) : word)} is {Name(r, gpu)} for {gpu.Price.TextOn(r.Options.Day)}, "
            + $"{Words.Of(gpu.RunTime.Value)}{PickReasons.Tokens(gpu)}";
    }

    private static string? Rent(Recommendation r)
    {
        if (r.RentOrBuy is not { } offer) return null;
        var rented =
            $"Rented, a run costs {Words.Of(offer.RentedRun)} on {Name(r, offer.RentedCard)} "
                + $"({offer.Rent}, {PriceYear(offer, r.Options.Day)})";
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

    private static string Name(Recommendation r, RecommendedGpu gpu) => Name(r, gpu.Card);

    /// <summary>The card, of several that share the work with their number.</summary>
    private static string Name(Recommendation r, GpuSpec card) => r.Work.Cards > 1 ? Text($"{r.Work.Cards} {card.Name}") : card.Name;

    private static string[] Present(string? line) => line is null ? [] : [line];

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

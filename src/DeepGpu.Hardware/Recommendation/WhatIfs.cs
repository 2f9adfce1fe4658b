using System.Globalization;

namespace DeepGpu.Hardware;

/// <summary>Finds what would change a verdict. Scores do not depend on requirements, so each question is a look
/// through the ranked list.</summary>
internal static class WhatIfs
{
    private const int ShownBudgets = 3;

    private static readonly double[] Budgets = [75, 150, 200, 250, 300, 350, 450, 700, 1000];

    public static IReadOnlyList<WhatIf> Of(Recommendation verdict)
    {
        var answers = Answers(verdict, Dropped(verdict.Requirements));
        if (verdict.Best is { } best)
            answers = [.. answers, .. Cheaper(verdict, best.Card), .. Answers(verdict, Added(verdict.Requirements, best.Card))];
        return [.. answers.Where(answer => !ReferenceEquals(answer.Card, verdict.Best?.Card)).DistinctBy(answer => answer.Card)];
    }

    /// <summary>The lowest budget that each card is the best for, the highest first.</summary>
    private static IEnumerable<WhatIf> Cheaper(Recommendation verdict, GpuSpec best)
        => Answers(verdict, Budgets.Where(budget => budget < best.Tdp?.Watts)
            .Select(watts => ($"with a {watts:0} W budget", verdict.Requirements with { MaxPower = Power.FromWatts(watts) })))
            .DistinctBy(answer => answer.Card).Reverse().Take(ShownBudgets);

    private static List<WhatIf> Answers(Recommendation verdict, IEnumerable<(string Text, Requirements Rules)> changes)
        => [.. changes.Select(change =>
            (change.Text, First: verdict.All.FirstOrDefault(scored => change.Rules.Check(scored.Card).Count == 0)))
            .Where(answer => answer.First is not null).Select(answer => new WhatIf(answer.Text, answer.First!.Card))];

    /// <summary>Each requirement given up, one at a time.</summary>
    private static IEnumerable<(string Text, Requirements Rules)> Dropped(Requirements r)
    {
        if (r.MinimumVram is { } vram) yield return ($"without the need of {vram}", r with { MinimumVram = null });
        if (r.MaxPower is { } power) yield return ($"without the limit of {power} a card", r with { MaxPower = null });
        if (r.MaxSystemPower is { } system)
            yield return ($"without the limit of {system} for the system", r with { MaxSystemPower = null });
        if (r.Supply is { } supply) yield return ($"with a larger supply than {supply}", r with { Supply = null });
        if (r.MaxPrice is { } price) yield return ($"without the limit of {price}", r with { MaxPrice = null });
        if (r.Segment is { } segment) yield return ($"outside the segment {segment}", r with { Segment = null });
        if (r.Vendor is { } vendor) yield return ($"from any vendor, not only {vendor}", r with { Vendor = null });
        if (r.Software is { } software) yield return ($"without {software}", r with { Software = null });
        if (r.Precision is { } format) yield return ($"without units for {format}", r with { Precision = null });
        if (r.MaxSlotWidth is not null || r.MaxLengthMillimetres is not null)
            yield return ("with more room for the card", r with { MaxSlotWidth = null, MaxLengthMillimetres = null });
        if (r.Cooling is { } cooling) yield return ($"with other cooling than {cooling}", r with { Cooling = null });
    }

    /// <summary>Tighter ones, just short of what the best card needs.</summary>
    private static IEnumerable<(string Text, Requirements Rules)> Added(Requirements r, GpuSpec best)
    {
        if (best.LaunchPrice is { } price)
            yield return (string.Create(CultureInfo.InvariantCulture, $"for half of its {price}"), r with { MaxPrice = price * 0.5 });
        yield return ($"with more than {best.Vram}", r with { MinimumVram = best.Vram + ByteSize.FromMebibytes(1) });
        if (best.FormFactor != GpuFormFactor.PcieCard) yield return ("as a PCI Express card", r with { Host = new(5, 16) });
        if (best.Segment is not GpuSegment.Desktop) yield return ("as a desktop card", r with { Segment = GpuSegment.Desktop });
        foreach (var other in new[] { GpuVendor.Nvidia, GpuVendor.Amd, GpuVendor.Intel }.Where(vendor => vendor != best.Vendor))
            yield return ($"from {other}", r with { Vendor = other });
    }
}

using System.Globalization;

namespace DeepGpu.Hardware;

/// <summary>Finds what would change a verdict. Scores do not depend on requirements, so each question is a look through the ranked list.</summary>
internal static class WhatIfs
{
    private static readonly double[] Budgets = [1000, 700, 450, 350, 300, 250, 200, 150, 75];

    public static IReadOnlyList<WhatIf> Of(Recommendation verdict)
    {
        var changes = verdict.Best is { } best ? Dropped(verdict.Requirements).Concat(Added(verdict.Requirements, best.Card)) : Dropped(verdict.Requirements);
        return [.. changes.Select(change => Answer(change.Text, verdict.All, change.Rules)).OfType<WhatIf>()
            .Where(answer => !ReferenceEquals(answer.Card, verdict.Best?.Card)).DistinctBy(answer => answer.Card)];
    }

    private static WhatIf? Answer(string change, IReadOnlyList<ScoredGpu> all, Requirements rules)
        => all.FirstOrDefault(scored => rules.Check(scored.Card).Count == 0) is { } first ? new(change, first.Card) : null;

    /// <summary>Each requirement given up, one at a time.</summary>
    private static IEnumerable<(string Text, Requirements Rules)> Dropped(Requirements r)
    {
        if (r.MinimumVram is { } vram) yield return ($"without the need of {vram}", r with { MinimumVram = null });
        if (r.MaxPower is { } power) yield return ($"without the limit of {power} a card", r with { MaxPower = null });
        if (r.MaxSystemPower is { } system) yield return ($"without the limit of {system} for the system", r with { MaxSystemPower = null });
        if (r.Supply is { } supply) yield return ($"with a larger supply than {supply}", r with { Supply = null });
        if (r.MaxPrice is { } price) yield return ($"without the limit of {price}", r with { MaxPrice = null });
        if (r.Segment is { } segment) yield return ($"outside the segment {segment}", r with { Segment = null });
        if (r.Vendor is { } vendor) yield return ($"from any vendor, not only {vendor}", r with { Vendor = null });
        if (r.Software is { } software) yield return ($"without {software}", r with { Software = null });
        if (r.Precision is { } format) yield return ($"without units for {format}", r with { Precision = null });
        if (r.MaxSlotWidth is not null || r.MaxLengthMillimetres is not null) yield return ("with more room for the card", r with { MaxSlotWidth = null, MaxLengthMillimetres = null });
        if (r.Cooling is { } cooling) yield return ($"with other cooling than {cooling}", r with { Cooling = null });
    }

    /// <summary>Tighter ones, just short of what the best card needs.</summary>
    private static IEnumerable<(string Text, Requirements Rules)> Added(Requirements r, GpuSpec best)
    {
        foreach (var watts in Budgets.Where(budget => budget < best.Tdp?.Watts).Take(3)) yield return ($"with a {watts:0} W budget", r with { MaxPower = Power.FromWatts(watts) });
        if (best.LaunchPrice is { } price) yield return (string.Create(CultureInfo.InvariantCulture, $"for half of its {price}"), r with { MaxPrice = price * 0.5 });
        yield return ($"with more than {best.Vram}", r with { MinimumVram = best.Vram + ByteSize.FromMebibytes(1) });
        if (best.FormFactor != GpuFormFactor.PcieCard) yield return ("as a PCI Express card", r with { Host = new(5, 16) });
        if (best.Segment is not GpuSegment.Desktop) yield return ("as a desktop card", r with { Segment = GpuSegment.Desktop });
        foreach (var other in new[] { GpuVendor.Nvidia, GpuVendor.Amd, GpuVendor.Intel }.Where(vendor => vendor != best.Vendor)) yield return ($"from {other}", r with { Vendor = other });
    }
}

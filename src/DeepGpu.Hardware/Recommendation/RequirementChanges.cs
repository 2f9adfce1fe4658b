using System.Globalization;

namespace DeepGpu.Hardware;

/// <summary>Requirements given up or tightened, one at a time.</summary>
internal static class RequirementChanges
{
    /// <summary>Each requirement given up.</summary>
    public static IEnumerable<(string Text, Requirements Rules)> Dropped(Requirements r)
    {
        if (r.MinimumVram is { } vram) yield return ($"without the need of {vram}", r with { MinimumVram = null });
        if (r.MaxPower is { } power) yield return ($"without the limit of {power} a card", r with { MaxPower = null });
        if (r.MaxSystemPower is { } system) yield return ($"without the limit of {system} for the system",
            r with { MaxSystemPower = null });
        if (r.Supply is { } supply) yield return ($"with a larger supply than {supply}", r with { Supply = null });
        if (r.MaxPrice is { } price) yield return ($"without the limit of {price}", r with { MaxPrice = null });
        if (r.Segment is { } segment) yield return ($"outside the segment {segment}", r with { Segment = null });
        if (r.SoldAs is { } form) yield return ($"sold in any way, not only as {form}", r with { SoldAs = null });
        if (r.Vendor is { } vendor) yield return ($"from any vendor, not only {vendor}", r with { Vendor = null });
        if (r.Software is { } software) yield return ($"without {software}", r with { Software = null });
        if (r.Precision is { } format) yield return ($"without units for {format}", r with { Precision = null });
        if (r.MaxSlotWidth is not null || r.MaxLengthMillimetres is not null) yield return ("with more room for the card",
            r with { MaxSlotWidth = null, MaxLengthMillimetres = null });
        if (r.Cooling is { } cooling) yield return ($"with other cooling than {cooling}", r with { Cooling = null });
    }

    /// <summary>Tighter ones, just short of what the best card needs.</summary>
    public static IEnumerable<(string Text, Requirements Rules)> Added(Requirements r, GpuSpec best)
    {
        if (best.LaunchPrice is { } price) yield return (string.Create(CultureInfo.InvariantCulture, $"for half of its {price}"),
            r with { MaxPrice = price * 0.5 });
        yield return ($"with more than {best.Vram}", r with { MinimumVram = best.Vram + ByteSize.FromMebibytes(1) });
        if (best.FormFactor != GpuFormFactor.PcieCard) yield return ("as a PCI Express card", r with { Host = new(5, 16) });
        if (best.Segment is not GpuSegment.Desktop) yield return ("as a desktop card", r with { Segment = GpuSegment.Desktop });
        foreach (var other in new[] { GpuVendor.Nvidia, GpuVendor.Amd, GpuVendor.Intel }.Where(vendor
            => vendor != best.Vendor)) yield return ($"from {other}", r with { Vendor = other });
    }
}

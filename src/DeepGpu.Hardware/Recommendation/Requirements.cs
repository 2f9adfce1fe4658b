namespace DeepGpu.Hardware;

/// <summary>What a card must have. A card that fails one is listed apart with the rule, not scored low.</summary>
public sealed record Requirements
{
    /// <summary>No requirement at all.</summary>
    public static Requirements None { get; } = new();

    /// <summary>Least memory on the card; null for any.</summary>
    public ByteSize? MinimumVram { get; init; }

    /// <summary>Most board power; null for any.</summary>
    public Power? MaxPower { get; init; }

    /// <summary>Where the card is meant to be used; null for anywhere.</summary>
    public GpuSegment? Segment { get; init; }

    /// <summary>Whose card it is; null for anyone's.</summary>
    public GpuVendor? Vendor { get; init; }

    /// <summary>The first requirement the card fails, or null.</summary>
    public RejectedGpu? Reject(GpuSpec card)
    {
        ArgumentNullException.ThrowIfNull(card);
        if (MinimumVram is { } vram && card.Vram < vram) return new(card, "minimum VRAM", vram.ToString(), card.Vram.ToString());
        if (MaxPower is { } power && card.Tdp > power) return new(card, "maximum power", power.ToString(), card.Tdp.ToString());
        if (Segment is { } segment && card.Segment != segment) return new(card, "segment", segment.ToString(), card.Segment.ToString());
        if (Vendor is { } vendor && card.Vendor != vendor) return new(card, "vendor", vendor.ToString(), card.Vendor.ToString());
        return null;
    }
}

/// <summary>A card that fails a requirement.</summary>
/// <param name="Card">The card.</param>
/// <param name="Rule">The requirement it fails.</param>
/// <param name="Required">What was asked for.</param>
/// <param name="Actual">What the card has.</param>
public sealed record RejectedGpu(GpuSpec Card, string Rule, string Required, string Actual);

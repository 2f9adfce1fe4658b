namespace DeepGpu.Hardware;

public sealed partial record GpuSpec
{
    /// <summary>How one gets it: as a card of its own, in a kit, in a computer, in a server, or by renting. Where an entry does not say,
    /// its
    /// form decides: SXM and OAM modules, and what data centres use in a form that no source states, come in servers, laptop and integrated
    /// GPUs in computers.</summary>
    public GpuSoldAs SoldAs { get => StatedSoldAs ?? ByForm(); init => StatedSoldAs = value; }

    /// <summary>What the entry says of it; null where its form decides.</summary>
    internal GpuSoldAs? StatedSoldAs { get; private init; }

    /// <summary>Whether it is sold new as of the catalogue's date; null where no source says.</summary>
    public GpuAvailability? Availability { get; init; }

    /// <summary>The day of the announcement, where it differs from the first sale in <see cref="ReleaseDate"/>.</summary>
    public DateOnly? AnnouncementDate { get; init; }

    /// <summary>The only country it is sold in, as "China"; null where nothing says that it is sold in one alone.</summary>
    public string? SoldOnlyIn { get; init; }

    /// <summary>Whether nothing says that it cannot be bought new.</summary>
    public bool IsSoldNew => Availability is null or GpuAvailability.Sold;

    /// <summary>Whether one can buy it by itself: a card, or a kit.</summary>
    public bool IsSoldSingly => SoldAs is GpuSoldAs.Card or GpuSoldAs.Kit;

    private GpuSoldAs ByForm() => (FormFactor, Segment, Vendor) switch
    {
        (_, _, GpuVendor.Google) => GpuSoldAs.Cloud,
        (GpuFormFactor.Sxm or GpuFormFactor.Oam, _, _) => GpuSoldAs.Server,
        (GpuFormFactor.Mobile or GpuFormFactor.Integrated, _, _) => GpuSoldAs.Computer,
        (GpuFormFactor.Module, GpuSegment.Edge, _) => GpuSoldAs.Kit,
        (GpuFormFactor.Module, _, _) or (null, GpuSegment.DataCenter, _) => GpuSoldAs.Server,
        _ => GpuSoldAs.Card,
    };
}

/// <summary>How one gets a card.</summary>
public enum GpuSoldAs
{
    /// <summary>As a card of its own.</summary>
    Card,

    /// <summary>As a module or developer kit of its own (Jetson).</summary>
    Kit,

    /// <summary>As part of a laptop, a desktop computer or a small computer.</summary>
    Computer,

    /// <summary>As part of a server.</summary>
    Server,

    /// <summary>By renting only.</summary>
    Cloud,
}

/// <summary>Whether a card is sold new.</summary>
public enum GpuAvailability
{
    /// <summary>It is.</summary>
    Sold,

    /// <summary>No longer: only used cards are left.</summary>
    Discontinued,

    /// <summary>Not yet.</summary>
    Announced,

    /// <summary>It never was.</summary>
    NeverSold,
}

namespace DeepGpu.Hardware;

/// <summary>What the catalogue states of a card as of a processor. A figure that no source states is null, never a guess.</summary>
public abstract record CatalogEntry
{
    private protected CatalogEntry()
    {
    }

    /// <summary>The full name, e.g. "GeForce RTX 3090" or "EPYC 7763".</summary>
    public required string Name { get; init; }

    /// <summary>Other names it is known by, a card's driver name among them.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>Who designs it.</summary>
    public required GpuVendor Vendor { get; init; }

    /// <summary>The architecture, e.g. "Ampere" or "Zen 3".</summary>
    public required string Architecture { get; init; }

    /// <summary>Where it is meant to be used.</summary>
    public GpuSegment? Segment { get; init; }

    /// <summary>Price at launch, in US dollars of that day. Not what a shop asks today.</summary>
    public Money? LaunchPrice { get; init; }

    /// <summary>Which source states which field: a source's key in <see cref="GpuCatalog.Sources"/> to field names.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Sources { get; init; } = new Dictionary<string, IReadOnlyList<string>>();
}

namespace DeepGpu.Hardware;

public sealed partial record GpuSpec
{
    private static readonly double[] GigabytesPerSecondALane = [0, 0.25, 0.5, 0.985, 1.969, 3.938, 7.563];

    /// <summary>Board power at the default limit; of an accelerator or module, what its maker rates it at.</summary>
    public Power? Tdp { get; init; }

    /// <summary>The lowest power limit or power mode, where it can be set.</summary>
    public Power? MinimumPower { get; init; }

    /// <summary>The highest power limit or power mode, where it can be set.</summary>
    public Power? MaximumPower { get; init; }

    /// <summary>The power supply recommended for a computer with one such card.</summary>
    public Power? RecommendedSupply { get; init; }

    /// <summary>Power connectors, e.g. "2x 8-pin"; "none" where the slot feeds the card.</summary>
    public string? PowerConnectors { get; init; }

    /// <summary>What it is mounted as.</summary>
    public GpuFormFactor? FormFactor { get; init; }

    /// <summary>Expansion slots it covers.</summary>
    public double? SlotWidth { get; init; }

    /// <summary>Length in millimetres.</summary>
    public double? LengthMillimetres { get; init; }

    /// <summary>What carries the heat away.</summary>
    public GpuCooling? Cooling { get; init; }

    /// <summary>Generation of the PCI Express link, e.g. 4.</summary>
    public int? PcieGeneration { get; init; }

    /// <summary>Lanes of that link.</summary>
    public int? PcieLanes { get; init; }

    /// <summary>Rate of that link in one direction, after the encoding's overhead; null where generation or lanes are unknown.</summary>
    public Bandwidth? PcieBandwidth => PcieLanes is { } lanes && PcieGeneration is { } generation ? PcieRate(generation, lanes) : null;

    /// <summary>The link to other cards of its kind, e.g. "NVLink".</summary>
    public string? Interconnect { get; init; }

    /// <summary>What that link carries in both directions together, as data sheets count it.</summary>
    public Bandwidth? InterconnectBandwidth { get; init; }

    /// <summary>Whether two such cards copy from each other's memory without the host (P2P); null where no source says.</summary>
    public bool? HasPeerToPeer { get; init; }

    /// <summary>Whether the card divides into several with their own memory and cores (MIG); null where no source says.</summary>
    public bool? HasMig { get; init; }

    /// <summary>Rate of a PCI Express link in one direction, after the encoding's overhead;
    /// null for a generation not known here (1 to 6 are).</summary>
    public static Bandwidth? PcieRate(int generation, int lanes)
        => generation > 0 && generation < GigabytesPerSecondALane.Length
            ? Bandwidth.FromGigabytesPerSecond(GigabytesPerSecondALane[generation] * lanes)
            : null;
}

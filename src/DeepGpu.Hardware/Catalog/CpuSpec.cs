namespace DeepGpu.Hardware;

/// <summary>The facts of one processor socket: the baseline a GPU is compared with. Not a card: it is never ranked.</summary>
public sealed record CpuSpec
{
    /// <summary>The full name, e.g. "EPYC 7763".</summary>
    public required string Name { get; init; }

    /// <summary>Other names it is known by.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>Who designs it.</summary>
    public required GpuVendor Vendor { get; init; }

    /// <summary>The architecture, e.g. "Zen 3".</summary>
    public required string Architecture { get; init; }

    /// <summary>Where it is meant to be used.</summary>
    public GpuSegment? Segment { get; init; }

    /// <summary>The day it was released.</summary>
    public DateOnly? ReleaseDate { get; init; }

    /// <summary>Cores of one socket.</summary>
    public required int Cores { get; init; }

    /// <summary>Hardware threads of one socket.</summary>
    public int? Threads { get; init; }

    /// <summary>The clock all cores hold.</summary>
    public required Frequency BaseClock { get; init; }

    /// <summary>The highest clock of one core.</summary>
    public Frequency? BoostClock { get; init; }

    /// <summary>Single-precision operations a core finishes in a clock with its widest vectors.</summary>
    public required int FlopPerCorePerClock { get; init; }

    /// <summary>Single precision, all cores at the base clock: the highest rate its maker promises for all of them.</summary>
    public required ComputeRate Float32Rate { get; init; }

    /// <summary>The fastest memory it supports, e.g. "DDR5-4800".</summary>
    public string? MemoryType { get; init; }

    /// <summary>Memory channels of one socket.</summary>
    public int? MemoryChannels { get; init; }

    /// <summary>Peak rate of the memory, all channels filled.</summary>
    public required Bandwidth Bandwidth { get; init; }

    /// <summary>Thermal design power of one socket.</summary>
    public Power? Tdp { get; init; }

    /// <summary>Price at launch, in US dollars of that day.</summary>
    public Money? LaunchPrice { get; init; }

    /// <summary>Which source states which fact: a source's key in <see cref="GpuCatalog.Sources"/> to field names.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Sources { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>Name, cores and memory rate in one line.</summary>
    public override string ToString() => $"{Name} ({Architecture}, {Cores} cores, {Bandwidth})";
}

namespace DeepGpu.Hardware;

/// <summary>The figures of one processor socket: the baseline a GPU is compared with. Not a card: it is never ranked.</summary>
public sealed record CpuSpec : CatalogEntry
{
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

    /// <summary>Name, cores and memory rate in one line.</summary>
    public override string ToString() => $"{Name} ({Architecture}, {Cores} cores, {Bandwidth})";
}

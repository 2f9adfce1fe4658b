namespace DeepGpu.Hardware;

public sealed partial record GpuSpec
{
    /// <summary>Memory on the card; of unified memory, the largest configuration sold.</summary>
    public required ByteSize Vram { get; init; }

    /// <summary>The kind of memory, e.g. "GDDR6X".</summary>
    public string? MemoryType { get; init; }

    /// <summary>Whether the memory is shared with the CPU (Apple, Jetson).</summary>
    public bool IsMemoryUnified { get; init; }

    /// <summary>Data lines between processor and memory.</summary>
    public int? MemoryBusBits { get; init; }

    /// <summary>What one data line carries. Data sheets write it in Gb/s: 19.5 Gb/s is 2.44 GB/s here.</summary>
    public Bandwidth? MemoryRatePerPin { get; init; }

    /// <summary>Peak rate of that memory: lines times rate of a line.</summary>
    public required Bandwidth Bandwidth { get; init; }

    /// <summary>The level-2 cache that all units of a die share; AMD's Infinity Cache behind it is <see cref="LastLevelCache"/>.</summary>
    public ByteSize? L2Cache { get; init; }

    /// <summary>The cache behind the level-2 cache (AMD's Infinity Cache); null for cards without one.</summary>
    public ByteSize? LastLevelCache { get; init; }

    /// <summary>The cache that stands last before the memory: what stays in it need not cross the memory's bus.</summary>
    public ByteSize? CacheBeforeMemory => LastLevelCache ?? L2Cache;

    /// <summary>Whether the memory corrects errors (ECC); null where no source says.</summary>
    public bool? HasEcc { get; init; }
}

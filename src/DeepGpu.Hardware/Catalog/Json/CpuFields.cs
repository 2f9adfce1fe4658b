using static DeepGpu.Hardware.Catalog.JsonField;

namespace DeepGpu.Hardware.Catalog;

/// <summary>The fields of a processor's entry, in the order they are written.</summary>
internal static class CpuFields
{
    private static readonly CpuSpec Blank = new()
    {
        Name = "",
        Vendor = default,
        Architecture = "",
        Cores = 0,
        BaseClock = default,
        FlopPerCorePerClock = 0,
        Float32Rate = default,
        Bandwidth = default
    };

    public static IReadOnlyList<JsonField<CpuSpec>> All { get; } =
    [
        Text<CpuSpec>("name", c => c.Name, (c, v) => c with { Name = v }, required: true),
        Texts<CpuSpec>("aliases", c => c.Aliases, (c, v) => c with { Aliases = v }),
        Choice<CpuSpec, GpuVendor>("vendor", c => c.Vendor, (c, v) => c with { Vendor = v }, required: true),
        Text<CpuSpec>("architecture", c => c.Architecture, (c, v) => c with { Architecture = v }, required: true),
        Choice<CpuSpec, GpuSegment>("segment", c => c.Segment, (c, v) => c with { Segment = v }),
        Date<CpuSpec>("releaseDate", c => c.ReleaseDate, (c, v) => c with { ReleaseDate = v }),
        Whole<CpuSpec>("cores", 1, 10_000, c => c.Cores, (c, v) => c with { Cores = v }, required: true),
        Whole<CpuSpec>("threads", 1, 100_000, c => c.Threads, (c, v) => c with { Threads = v }),
        Megahertz<CpuSpec>("baseClockMHz", c => c.BaseClock, (c, v) => c with { BaseClock = v }, required: true),
        Megahertz<CpuSpec>("boostClockMHz", c => c.BoostClock, (c, v) => c with { BoostClock = v }),
        Whole<CpuSpec>("flopPerCorePerClock", 1, 4096, c => c.FlopPerCorePerClock,
            (c, v) => c with { FlopPerCorePerClock = v }, required: true),
        Rate<CpuSpec>("fp32Tflops", c => c.Float32Rate, (c, v) => c with { Float32Rate = v }, required: true),
        Text<CpuSpec>("memoryType", c => c.MemoryType, (c, v) => c with { MemoryType = v }),
        Whole<CpuSpec>("memoryChannels", 1, 64, c => c.MemoryChannels, (c, v) => c with { MemoryChannels = v }),
        GigabytesPerSecond<CpuSpec>("bandwidthGBs", c => c.Bandwidth, (c, v) => c with { Bandwidth = v }, required: true),
        Watts<CpuSpec>("tdpWatts", c => c.Tdp, (c, v) => c with { Tdp = v }),
        Dollars<CpuSpec>("launchPriceUsd", c => c.LaunchPrice, (c, v) => c with { LaunchPrice = v }),
        SourceFields.Sources<CpuSpec>(c => c.Sources, (c, v) => c with { Sources = v }),
    ];

    public static EntryReader<CpuSpec> Reader { get; } = new(All, new Dictionary<string, string>(), Blank);
}

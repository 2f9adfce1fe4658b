using static DeepGpu.Hardware.Catalog.JsonField;

namespace DeepGpu.Hardware.Catalog;

/// <summary>The fields of a card's entry, in the order they are written. The schema in docs/schemas describes the same list.</summary>
internal static class GpuFields
{
    private static readonly GpuSpec Blank = new() { Name = "", Vendor = default, Architecture = "", Vram = default, Bandwidth = default };

    private static readonly Dictionary<string, string> Synonyms =
        new() { ["memoryGiB"] = "vramGiB", ["memoryBandwidthGBs"] = "bandwidthGBs" };

    public static IReadOnlyList<JsonField<GpuSpec>> All { get; } = [.. Identity(), .. Compute(), .. Memory(), .. Board(),
        .. Software(), .. Provenance()];

    public static EntryReader<GpuSpec> Reader { get; } = new(All, Synonyms, Blank);

    private static JsonField<GpuSpec>[] Identity() =>
    [
        Text<GpuSpec>("name", g => g.Name, (g, v) => g with { Name = v }, required: true),
        Texts<GpuSpec>("aliases", g => g.Aliases, (g, v) => g with { Aliases = v }),
        Choice<GpuSpec, GpuVendor>("vendor", g => g.Vendor, (g, v) => g with { Vendor = v }, required: true),
        Text<GpuSpec>("architecture", g => g.Architecture, (g, v) => g with { Architecture = v }, required: true),
        Choice<GpuSpec, GpuSegment>("segment", g => g.Segment, (g, v) => g with { Segment = v }),
        Choice<GpuSpec, GpuSoldAs>("soldAs", g => g.StatedSoldAs, (g, v) => g with { SoldAs = v }),
        Text<GpuSpec>("soldOnlyIn", g => g.SoldOnlyIn, (g, v) => g with { SoldOnlyIn = v }),
        Choice<GpuSpec, GpuAvailability>("availability", g => g.Availability, (g, v) => g with { Availability = v }),
        Date<GpuSpec>("announcementDate", g => g.AnnouncementDate, (g, v) => g with { AnnouncementDate = v }),
        Date<GpuSpec>("releaseDate", g => g.ReleaseDate, (g, v) => g with { ReleaseDate = v }),
        Whole<GpuSpec>("releaseYear", 1990, 2100, g => g.ReleaseDate is null ? g.ReleaseYear : null, (g, v) => g with { ReleaseYear = v }),
    ];

    private static JsonField<GpuSpec>[] Compute() =>
    [
        Number<GpuSpec>("processNm", 1000, g => g.ProcessNanometres, (g, v) => g with { ProcessNanometres = v }),
        Whole<GpuSpec>("computeUnits", 1, 100_000, g => g.ComputeUnits, (g, v) => g with { ComputeUnits = v }),
        Whole<GpuSpec>("cores", 1, 10_000_000, g => g.Cores, (g, v) => g with { Cores = v }),
        Whole<GpuSpec>("flopPerCorePerClock", 1, 4096, g => g.FlopPerCorePerClock, (g, v) => g with { FlopPerCorePerClock = v }),
        Whole<GpuSpec>("matrixCores", 1, 1_000_000, g => g.MatrixCores, (g, v) => g with { MatrixCores = v }),
        Megahertz<GpuSpec>("boostClockMHz", g => g.BoostClock, (g, v) => g with { BoostClock = v }),
        Rate<GpuSpec>("fp64Tflops", g => g.Float64Rate, (g, v) => g with { Float64Rate = v }),
        Rate<GpuSpec>("fp32Tflops", g => g.Float32Rate, (g, v) => g with { Float32Rate = v }),
        Rate<GpuSpec>("tf32MatrixTflops", g => g.TensorFloat32MatrixRate, (g, v) => g with { TensorFloat32MatrixRate = v }),
        Rate<GpuSpec>("fp16MatrixTflops", g => g.Float16MatrixRate, (g, v) => g with { Float16MatrixRate = v }),
        Rate<GpuSpec>("fp16AccumulateMatrixTflops", g => g.Float16AccumulateMatrixRate,
            (g, v) => g with { Float16AccumulateMatrixRate = v }),
        Rate<GpuSpec>("bf16MatrixTflops", g => g.BFloat16MatrixRate, (g, v) => g with { BFloat16MatrixRate = v }),
        Rate<GpuSpec>("fp8MatrixTflops", g => g.Float8MatrixRate, (g, v) => g with { Float8MatrixRate = v }),
        Rate<GpuSpec>("fp8AccumulateMatrixTflops", g => g.Float8AccumulateMatrixRate, (g, v) => g with { Float8AccumulateMatrixRate = v }),
        Rate<GpuSpec>("fp4MatrixTflops", g => g.Float4MatrixRate, (g, v) => g with { Float4MatrixRate = v }),
        Rate<GpuSpec>("int8Tops", g => g.Int8Rate, (g, v) => g with { Int8Rate = v }),
        Rate<GpuSpec>("fp16VectorTflops", g => g.Float16VectorRate, (g, v) => g with { Float16VectorRate = v }),
        Rate<GpuSpec>("fp32ReachedTflops", g => g.ReachedFloat32Rate, (g, v) => g with { ReachedFloat32Rate = v }),
        Rate<GpuSpec>("fp16ReachedTflops", g => g.ReachedFloat16Rate, (g, v) => g with { ReachedFloat16Rate = v }),
        Rate<GpuSpec>("bf16ReachedTflops", g => g.ReachedBFloat16Rate, (g, v) => g with { ReachedBFloat16Rate = v }),
    ];

    private static JsonField<GpuSpec>[] Memory() =>
    [
        Number<GpuSpec>("vramGiB", 2047, g => g.Vram.Gibibytes, (g, v) => g with { Vram = ByteSize.FromGibibytes(v) }, required: true),
        Text<GpuSpec>("memoryType", g => g.MemoryType, (g, v) => g with { MemoryType = v }),
        new("memoryIsUnified", false, (g, json) => g with { IsMemoryUnified = JsonValue.Flag("memoryIsUnified", json) },
            (writer, g) => { if (g.IsMemoryUnified) writer.WriteBoolean("memoryIsUnified", true); }),
        Whole<GpuSpec>("memoryBusBits", 1, 100_000, g => g.MemoryBusBits, (g, v) => g with { MemoryBusBits = v }),
        Number<GpuSpec>("memoryDataRateGbps", 1000, g => g.MemoryRatePerPin?.GigabytesPerSecond * 8,
            (g, v) => g with { MemoryRatePerPin = Bandwidth.FromGigabytesPerSecond(v / 8) }),
        GigabytesPerSecond<GpuSpec>("bandwidthGBs", g => g.Bandwidth, (g, v) => g with { Bandwidth = v }, required: true),
        Number<GpuSpec>("l2CacheMiB", 100_000, g => g.L2Cache?.Mebibytes, (g, v) => g with { L2Cache = ByteSize.FromMebibytes(v) }),
        Number<GpuSpec>("lastLevelCacheMiB", 100_000, g => g.LastLevelCache?.Mebibytes,
            (g, v) => g with { LastLevelCache = ByteSize.FromMebibytes(v) }),
        Flag<GpuSpec>("hasEcc", g => g.HasEcc, (g, v) => g with { HasEcc = v }),
    ];

    private static JsonField<GpuSpec>[] Board() =>
    [
        Watts<GpuSpec>("tdpWatts", g => g.Tdp, (g, v) => g with { Tdp = v }),
        Watts<GpuSpec>("minPowerWatts", g => g.MinimumPower, (g, v) => g with { MinimumPower = v }),
        Watts<GpuSpec>("maxPowerWatts", g => g.MaximumPower, (g, v) => g with { MaximumPower = v }),
        Watts<GpuSpec>("recommendedSupplyWatts", g => g.RecommendedSupply, (g, v) => g with { RecommendedSupply = v }),
        Text<GpuSpec>("powerConnectors", g => g.PowerConnectors, (g, v) => g with { PowerConnectors = v }),
        Choice<GpuSpec, GpuFormFactor>("formFactor", g => g.FormFactor, (g, v) => g with { FormFactor = v }),
        Number<GpuSpec>("slotWidth", 10, g => g.SlotWidth, (g, v) => g with { SlotWidth = v }),
        Number<GpuSpec>("lengthMm", 2000, g => g.LengthMillimetres, (g, v) => g with { LengthMillimetres = v }),
        Choice<GpuSpec, GpuCooling>("cooling", g => g.Cooling, (g, v) => g with { Cooling = v }),
        Whole<GpuSpec>("pcieGeneration", 1, 10, g => g.PcieGeneration, (g, v) => g with { PcieGeneration = v }),
        Whole<GpuSpec>("pcieLanes", 1, 64, g => g.PcieLanes, (g, v) => g with { PcieLanes = v }),
        Text<GpuSpec>("interconnect", g => g.Interconnect, (g, v) => g with { Interconnect = v }),
        GigabytesPerSecond<GpuSpec>("interconnectGBs", g => g.InterconnectBandwidth, (g, v) => g with { InterconnectBandwidth = v }),
        Flag<GpuSpec>("hasPeerToPeer", g => g.HasPeerToPeer, (g, v) => g with { HasPeerToPeer = v }),
        Flag<GpuSpec>("hasMig", g => g.HasMig, (g, v) => g with { HasMig = v }),
        Choices<GpuSpec, VideoCodec>("videoEncoding", g => g.VideoEncoding, (g, v) => g with { VideoEncoding = v }),
        Choices<GpuSpec, VideoCodec>("videoDecoding", g => g.VideoDecoding, (g, v) => g with { VideoDecoding = v }),
    ];

    private static JsonField<GpuSpec>[] Software() =>
    [
        Release<GpuSpec>("computeCapability", g => g.ComputeCapability, (g, v) => g with { ComputeCapability = v }),
        Text<GpuSpec>("gfxTarget", g => g.GfxTarget, (g, v) => g with { GfxTarget = v }),
        Choice<GpuSpec, GpuPlatform>("platform", g => g.Platform, (g, v) => g with { Platform = v }),
        Release<GpuSpec>("firstToolkit", g => g.FirstToolkit, (g, v) => g with { FirstToolkit = v }),
        Release<GpuSpec>("lastToolkit", g => g.LastToolkit, (g, v) => g with { LastToolkit = v }),
        Whole<GpuSpec>("lastDriverBranch", 1, 100_000, g => g.LastDriverBranch, (g, v) => g with { LastDriverBranch = v }),
        Release<GpuSpec>("firstPyTorch", g => g.FirstPyTorch, (g, v) => g with { FirstPyTorch = v }),
        Release<GpuSpec>("lastPyTorch", g => g.LastPyTorch, (g, v) => g with { LastPyTorch = v }),
        Release<GpuSpec>("lastTensorFlow", g => g.LastTensorFlow, (g, v) => g with { LastTensorFlow = v }),
        new("frameworks", false, (g, json) => g with { Frameworks = SourceFields.Frameworks(json) },
            (writer, g) => WriteTexts(writer, "frameworks", [.. g.Frameworks.Select(f => f.ToString())])),
        Dollars<GpuSpec>("launchPriceUsd", g => g.LaunchPrice, (g, v) => g with { LaunchPrice = v }),
    ];

    private static JsonField<GpuSpec>[] Provenance() =>
    [
        SourceFields.Sources<GpuSpec>(g => g.Sources, (g, v) => g with { Sources = v }),
        SourceFields.Conflicts,
    ];
}

using System.Text.Json.Serialization;

namespace DeepGpu.Hardware;

/// <summary>One card as the catalogue's JSON spells it: the unit is in each field's name.</summary>
internal sealed record GpuEntry
{
    public required string Name { get; init; }

    public IReadOnlyList<string>? Aliases { get; init; }

    public required GpuVendor Vendor { get; init; }

    public required string Architecture { get; init; }

    public required GpuSegment Segment { get; init; }

    public DateOnly? ReleaseDate { get; init; }

    public required double VramGiB { get; init; }

    public required double BandwidthGBs { get; init; }

    public required double TdpWatts { get; init; }

    public required double Fp32Tflops { get; init; }

    public double? Fp16MatrixTflops { get; init; }

    public double? Fp16AccumulateMatrixTflops { get; init; }

    public double? Bf16MatrixTflops { get; init; }

    public double? Fp16VectorTflops { get; init; }

    public double? LaunchPriceUsd { get; init; }

    public IReadOnlyDictionary<string, IReadOnlyList<string>>? Sources { get; init; }

    public GpuSpec ToSpec() => new()
    {
        Name = Name,
        Aliases = Aliases ?? [],
        Vendor = Vendor,
        Architecture = Architecture,
        Segment = Segment,
        ReleaseDate = ReleaseDate,
        Vram = ByteSize.FromGibibytes(VramGiB),
        Bandwidth = Bandwidth.FromGigabytesPerSecond(BandwidthGBs),
        Tdp = Power.FromWatts(TdpWatts),
        Float32Rate = ComputeRate.FromTeraflops(Fp32Tflops),
        Float16MatrixRate = Rate(Fp16MatrixTflops),
        Float16AccumulateMatrixRate = Rate(Fp16AccumulateMatrixTflops),
        BFloat16MatrixRate = Rate(Bf16MatrixTflops),
        Float16VectorRate = Rate(Fp16VectorTflops),
        LaunchPrice = LaunchPriceUsd is { } price ? Money.FromDollars(price) : null,
        Sources = Sources ?? new Dictionary<string, IReadOnlyList<string>>(),
    };

    public static GpuEntry From(GpuSpec spec) => new()
    {
        Name = spec.Name,
        Aliases = spec.Aliases.Count == 0 ? null : spec.Aliases,
        Vendor = spec.Vendor,
        Architecture = spec.Architecture,
        Segment = spec.Segment,
        ReleaseDate = spec.ReleaseDate,
        VramGiB = spec.Vram.Gibibytes,
        BandwidthGBs = spec.Bandwidth.GigabytesPerSecond,
        TdpWatts = spec.Tdp.Watts,
        Fp32Tflops = spec.Float32Rate.Teraflops,
        Fp16MatrixTflops = spec.Float16MatrixRate?.Teraflops,
        Fp16AccumulateMatrixTflops = spec.Float16AccumulateMatrixRate?.Teraflops,
        Bf16MatrixTflops = spec.BFloat16MatrixRate?.Teraflops,
        Fp16VectorTflops = spec.Float16VectorRate?.Teraflops,
        LaunchPriceUsd = spec.LaunchPrice?.Dollars,
        Sources = spec.Sources.Count == 0 ? null : spec.Sources,
    };

    private static ComputeRate? Rate(double? teraflops) => teraflops is { } value ? ComputeRate.FromTeraflops(value) : null;
}

/// <summary>A catalogue file: a schema version and the cards.</summary>
internal sealed record GpuFile
{
    public int SchemaVersion { get; init; } = 1;

    public required IReadOnlyList<GpuEntry> Gpus { get; init; }
}

/// <summary>What the built-in catalogue says of itself: its date and the sources its entries name.</summary>
internal sealed record CatalogHeader
{
    public required string Version { get; init; }

    public required IReadOnlyDictionary<string, string> Sources { get; init; }
}

/// <summary>Reads and writes the catalogue's JSON without reflection.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    UseStringEnumConverter = true,
    WriteIndented = true)]
[JsonSerializable(typeof(GpuFile))]
[JsonSerializable(typeof(CatalogHeader))]
[JsonSerializable(typeof(IReadOnlyList<GpuEntry>))]
internal sealed partial class CatalogJson : JsonSerializerContext;

using System.Globalization;
using DeepGpu.Hardware;

namespace DeepGpu.Visuals;

/// <summary>What the catalogue states of a card, as rows of name and text.</summary>
internal static class GpuRows
{
    public static IEnumerable<(string Name, string Value)> Of(GpuSpec card)
        => All(card).Where(row => !string.IsNullOrEmpty(row.Value)).Select(row => (row.Name, row.Value!));

    private static IEnumerable<(string Name, string? Value)> All(GpuSpec g)
        => [.. Identity(g), .. Compute(g), .. Memory(g), .. Board(g), .. Software(g), .. Provenance(g)];

    private static IEnumerable<(string Name, string? Value)> Identity(GpuSpec g) =>
    [
        ("name", g.Name), ("also known as", string.Join(", ", g.Aliases)), ("vendor", g.Vendor.ToString()),
        ("architecture", g.Architecture), ("segment", g.Segment?.ToString()),
        ("released",
            g.ReleaseDate?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? g.ReleaseYear?.ToString(CultureInfo.InvariantCulture)),
        ("announced", g.AnnouncementDate?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
        ("launch price", g.LaunchPrice?.ToString()), ("sold", Sold(g)), ("sold only in", g.SoldOnlyIn),
    ];

    private static IEnumerable<(string Name, string? Value)> Compute(GpuSpec g) =>
    [
        ("process", g.ProcessNanometres is { } nm ? $"{Number(nm)} nm" : null), ("compute units", Number(g.ComputeUnits)),
        ("cores", Number(g.Cores)), ("matrix cores", Number(g.MatrixCores)), ("boost clock", g.BoostClock?.ToString()),
        ("FP64", g.Float64Rate?.ToString()), ("FP32", g.Float32Rate?.ToString()), ("TF32 matrix", g.TensorFloat32MatrixRate?.ToString()),
        ("FP16 matrix", g.Float16MatrixRate?.ToString()),
        ("FP16 matrix, 16-bit sums", g.Float16AccumulateMatrixRate?.ToString()), ("BF16 matrix", g.BFloat16MatrixRate?.ToString()),
        ("FP8 matrix", g.Float8MatrixRate?.ToString()), ("FP4 matrix", g.Float4MatrixRate?.ToString()),
        ("FP8 matrix, 16-bit sums", g.Float8AccumulateMatrixRate?.ToString()),
        ("INT8", g.Int8Rate is { } tops ? $"{Number(tops.Teraflops)} TOPS" : null), ("FP16 vector", g.Float16VectorRate?.ToString()),
        ("FP32 reached by PyTorch", g.ReachedFloat32Rate?.ToString()), ("FP16 reached by PyTorch", g.ReachedFloat16Rate?.ToString()),
        ("BF16 reached by PyTorch", g.ReachedBFloat16Rate?.ToString()),
    ];

    private static IEnumerable<(string Name, string? Value)> Memory(GpuSpec g) =>
    [
        ("memory", $"{g.Vram} {g.MemoryType}{(g.IsMemoryUnified ? ", shared with the CPU" : "")}".TrimEnd()),
        ("memory bus", g.MemoryBusBits is { } bits ? $"{bits} bit" : null),
        ("data rate of a pin", g.MemoryRatePerPin is { } pin ? $"{Number(pin.GigabytesPerSecond * 8)} Gb/s" : null),
        ("bandwidth", g.Bandwidth.ToString()), ("L2 cache", g.L2Cache?.ToString()),
        ("last cache", g.LastLevelCache?.ToString()), ("error correction", YesOrNo(g.HasEcc)),
    ];

    private static IEnumerable<(string Name, string? Value)> Board(GpuSpec g) =>
    [
        ("power", g.Tdp?.ToString()),
        ("power can be set", g is { MinimumPower: { } least, MaximumPower: { } most } ? $"{least} to {most}" : null),
        ("recommended supply", g.RecommendedSupply?.ToString()), ("power connectors", g.PowerConnectors),
        ("form", g.FormFactor?.ToString()), ("slots", Number(g.SlotWidth)),
        ("length", g.LengthMillimetres is { } mm ? $"{Number(mm)} mm" : null), ("cooling", g.Cooling?.ToString()),
        ("PCI Express", g.PcieGeneration is { } generation ? $"{generation}.0 x{g.PcieLanes}" : null),
        ("copies between cards", YesOrNo(g.HasPeerToPeer)), ("divides (MIG)", YesOrNo(g.HasMig)),
        ("video encoded", Codecs(g.VideoEncoding)), ("video decoded", Codecs(g.VideoDecoding)),
        ("interconnect", g.InterconnectBandwidth is { } link ? $"{g.Interconnect} {link}" : g.Interconnect),
    ];

    private static IEnumerable<(string Name, string? Value)> Software(GpuSpec g) =>
    [
        ("platform", g.Platform?.ToString()), ("compute capability", g.ComputeCapability?.ToString()), ("LLVM target", g.GfxTarget),
        ("toolkits", (g.FirstToolkit ?? g.LastToolkit) is not null
            ? $"{g.FirstToolkit?.ToString() ?? "?"} to {g.LastToolkit?.ToString() ?? "the newest"}"
            : null),
        ("PyTorch", (g.FirstPyTorch ?? g.LastPyTorch) is not null
            ? $"{g.FirstPyTorch?.ToString() ?? "?"} to {g.LastPyTorch?.ToString() ?? "the newest"}"
            : null),
        ("last TensorFlow", g.LastTensorFlow?.ToString()), ("last driver branch", Number(g.LastDriverBranch)),
        ("frameworks", string.Join(", ", g.Frameworks)),
    ];

    private static IEnumerable<(string Name, string? Value)> Provenance(GpuSpec g) =>
    [
        ("sources", string.Join(", ", g.Sources.Keys)), .. g.Conflicts.Select(c =>
            ("other figure", (string?)$"{c.Field}: {c.Value} by {c.Source}{(c.Note is null ? "" : $" ({c.Note})")}")),
    ];

    private static string Sold(GpuSpec g) => (g.SoldAs, g.Availability) switch
    {
        (_, GpuAvailability.Announced) => "announced, not sold yet",
        (_, GpuAvailability.NeverSold) => "never",
        (_, GpuAvailability.Discontinued) => "no longer new",
        (GpuSoldAs.Computer, _) => "within a computer",
        (GpuSoldAs.Server, _) => "within a server",
        (GpuSoldAs.Cloud, _) => "by the hour only",
        (GpuSoldAs.Kit, _) => "as a kit",
        _ => "as a card",
    };

    private static string? Codecs(IReadOnlyList<VideoCodec>? codecs) => codecs is { Count: 0 } ? "none"
        : codecs is null ? null : string.Join(", ", codecs.Select(codec => codec switch
        {
            VideoCodec.H264 => "H.264",
            VideoCodec.Hevc => "HEVC",
            VideoCodec.Vp9 => "VP9",
            _ => "AV1",
        }));

    private static string? YesOrNo(bool? value) => value switch { true => "yes", false => "no", _ => null };

    private static string? Number(double? value) => value?.ToString("0.###", CultureInfo.InvariantCulture);
}

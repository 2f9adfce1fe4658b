using System.Text.Json;

namespace DeepGpu.Hardware.Forecasting;

/// <summary>Cards that share kernels, and so constants: the rows of generations.json.</summary>
/// <param name="Name">Its name in the calibration files.</param>
/// <param name="Vendor">Whose cards.</param>
/// <param name="Architectures">The architectures it covers.</param>
/// <param name="ComputeCapability">The compute capability it is limited to, or null.</param>
internal sealed record Generation(string Name, GpuVendor Vendor, IReadOnlyList<string> Architectures, Version? ComputeCapability)
{
    private static readonly Lazy<IReadOnlyList<Generation>> Rows = new(() =>
        CalibrationFiles.Read("generations.json", root => root.GetProperty("generations").EnumerateArray().Select(Read).ToList()));

    public static IReadOnlyList<Generation> All => Rows.Value;

    /// <summary>The place of a card's generation, or -1 where it belongs to none.</summary>
    public static int PlaceOf(GpuSpec card)
    {
        for (var place = 0; place < All.Count; place++)
        {
            if (All[place].Covers(card)) return place;
        }

        return -1;
    }

    private bool Covers(GpuSpec card)
        => card.Vendor == Vendor && Architectures.Contains(card.Architecture)
            && (ComputeCapability is null || ComputeCapability == card.ComputeCapability);

    private static Generation Read(JsonElement json) => new(
        json.GetProperty("name").GetString()!,
        Enum.Parse<GpuVendor>(json.GetProperty("vendor").GetString()!),
        [.. json.GetProperty("architectures").EnumerateArray().Select(name => name.GetString()!)],
        json.TryGetProperty("computeCapability", out var capability) ? Version.Parse(capability.GetString()!) : null);
}

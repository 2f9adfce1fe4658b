using System.Text.Json;

namespace DeepGpu.Hardware;

/// <summary>What frameworks reach of a card's peak rate, put on the scale of NVIDIA's peaks, which forecasts and scores were fitted
/// on.</summary>
/// <remarks>A rate reached in large matrix products over what NVIDIA's cards reach of theirs. Where nobody measured a card, its
/// architecture's share
/// or its vendor's counts; NVIDIA's own cards keep their peaks, and only formats that PyTorch does not use on them are taken as
/// measured.</remarks>
internal sealed class ReachedRates
{
    private static readonly Lazy<ReachedRates> BuiltIn = new(() => CalibrationFiles.Read("reached.json", root => new ReachedRates(root)));

    private readonly double _single;
    private readonly double _half;
    private readonly Dictionary<string, (double? Single, double? Half)> _shares;

    private readonly Dictionary<GpuPlatform, PlatformFactor> _platforms;

    private ReachedRates(JsonElement root)
    {
        _platforms = root.GetProperty("platforms").EnumerateArray().ToDictionary(
            row => Enum.Parse<GpuPlatform>(row.GetProperty("platform").GetString()!),
            row => new PlatformFactor(row.GetProperty("slowdown").GetDouble(), row.GetProperty("widening").GetDouble()));
        (_single, _half) = (root.GetProperty("nvidiaFp32").GetDouble(), root.GetProperty("nvidiaHalf").GetDouble());
        _shares = root.GetProperty("shares").EnumerateArray().ToDictionary(
            row => row.GetProperty("architecture").GetString()!,
            row => (Share(row, "fp32"), Share(row, "half")));
    }

    public static ReachedRates Default => BuiltIn.Value;

    /// <summary>The rate of a card at a number format as work feels it; null where none is known.</summary>
    public ComputeRate? Of(GpuSpec card, NumberFormat format)
    {
        if (card.RateAt(format) is not { } peak) return null;
        var isHalf = format is NumberFormat.Float16 or NumberFormat.BFloat16;
        if (card.Vendor == GpuVendor.Nvidia) return isHalf && Measured(card, format) is { } slow && slow.Teraflops < peak.Teraflops / 4
            ? Times(slow, 1 / _half) : peak;
        if (format is not (NumberFormat.Float32 or NumberFormat.Float16 or NumberFormat.BFloat16)) return peak;
        var usual = isHalf ? _half : _single;
        return Measured(card, format) is { } reached ? Times(reached, 1 / usual) : Times(peak, (ShareOf(card, isHalf) ?? usual) / usual);
    }

    /// <summary>How much longer whole models take on a card's platform than its figures say, where its generation was not
    /// measured.</summary>
    public PlatformFactor FactorOf(GpuSpec card) => (card.Platform ?? PlatformOf(card.Vendor)) is { } platform ? _platforms[platform] : new(1, 1);

    /// <summary>What runs on a vendor's cards, for one of which the catalogue does not say it.</summary>
    private static GpuPlatform? PlatformOf(GpuVendor vendor) => vendor switch
    {
        GpuVendor.Nvidia => GpuPlatform.Cuda,
        GpuVendor.Amd => GpuPlatform.Rocm,
        GpuVendor.Intel => GpuPlatform.OneApi,
        GpuVendor.Apple => GpuPlatform.Metal,
        GpuVendor.Google => GpuPlatform.Xla,
        _ => null,
    };

    /// <summary>How much longer whole models take on a card than its figures say: 1 where its generation was measured.</summary>
    public double SlowdownOf(GpuSpec card) => IsMeasured(card) ? 1 : FactorOf(card).Slowdown;

    /// <summary>Whether whole models were measured on cards of the generation, or on other cards of NVIDIA's.</summary>
    private static bool IsMeasured(GpuSpec card) => card.Vendor == GpuVendor.Nvidia
        || (Generation.PlaceOf(card) is >= 0 and var place
            && CalibrationData.Default.MeasuredGenerations.Contains(Generation.All[place].Name));

    /// <summary>Half precision as forecasts use it, with the matrix units' fastest sums.</summary>
    public ComputeRate? Matrix(GpuSpec card)
    {
        if ((card.Float16AccumulateMatrixRate ?? card.Float16MatrixRate) is not { } peak) return null;
        if (card.Vendor == GpuVendor.Nvidia) return peak;
        return Of(card, card.ReachedBFloat16Rate is null ? NumberFormat.Float16 : NumberFormat.BFloat16) ?? peak;
    }

    private double? ShareOf(GpuSpec card, bool isHalf)
        => _shares.TryGetValue(card.Architecture, out var share) ? isHalf ? share.Half : share.Single : null;

    private static ComputeRate? Measured(GpuSpec card, NumberFormat format) => format switch
    {
        NumberFormat.Float32 => card.ReachedFloat32Rate,
        NumberFormat.BFloat16 => card.ReachedBFloat16Rate ?? card.ReachedFloat16Rate,
        _ => card.ReachedFloat16Rate ?? card.ReachedBFloat16Rate,
    };

    private static ComputeRate Times(ComputeRate rate, double factor) => ComputeRate.FromTeraflops(rate.Teraflops * factor);

    private static double? Share(JsonElement row, string name) => row.TryGetProperty(name, out var share) ? share.GetDouble() : null;
}

/// <summary>How whole models run on a platform of which no generation was measured.</summary>
/// <param name="Slowdown">How many times as long.</param>
/// <param name="Widening">How many times as wide the interval is.</param>
internal readonly record struct PlatformFactor(double Slowdown, double Widening);

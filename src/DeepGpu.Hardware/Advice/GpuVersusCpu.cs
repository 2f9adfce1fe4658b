using System.Globalization;
using DeepGpu.Hardware.Catalog;

namespace DeepGpu.Hardware;

/// <summary>When a card is worth having beside a processor: bounds from their data sheets, not a forecast of one model.</summary>
/// <remarks>Work that waits for memory gains at most the ratio of bandwidths, work that computes at most the ratio of rates. Below a
/// certain size of each operation, starting it on the card costs more than the processor needs to do it.</remarks>
public sealed record GpuVersusCpu
{
    /// <summary>What starting one operation on a card costs: 5 to 10 microseconds are usual, 7.5 is taken.</summary>
    public static readonly TimeSpan LaunchCost = TimeSpan.FromMicroseconds(7.5);

    private const double WorthIt = 2;

    /// <summary>The card.</summary>
    public required GpuSpec Gpu { get; init; }

    /// <summary>The processor.</summary>
    public required CpuSpec Cpu { get; init; }

    /// <summary>The number format on the card; the processor computes in Float32.</summary>
    public required NumberFormat Precision { get; init; }

    /// <summary>How many times the card's memory is faster: the gain of work that waits for memory.</summary>
    public double MemoryRatio => Gpu.Bandwidth / Cpu.Bandwidth;

    /// <summary>How many times the card computes faster: the gain of work that computes; null where the card's rate is unknown.</summary>
    public double? ComputeRatio => Gpu.RateAt(Precision) / Cpu.Float32Rate;

    /// <summary>Operations below so many floating-point operations run sooner on the processor;
    /// null where the card is not faster or its rate is unknown.</summary>
    /// <remarks>Where launch cost plus FLOP over the card's rate equals FLOP over the processor's rate, both at their peak.</remarks>
    public double? BreakEvenFlop
        => ComputeRatio is > 1 and { } ratio ? LaunchCost.TotalSeconds * Cpu.Float32Rate.FlopsPerSecond / (1 - 1 / ratio) : null;

    /// <summary>Whether even the smaller of both ratios is 2 or more, so that any work larger than the break-even gains much.</summary>
    public bool IsWorthIt => Math.Min(MemoryRatio, ComputeRatio ?? MemoryRatio) >= WorthIt;

    /// <summary>Compares a card with a processor.</summary>
    /// <param name="gpu">The card.</param>
    /// <param name="cpu">The processor, e.g. from <see cref="GpuCatalog.FindCpu"/>.</param>
    /// <param name="precision">The number format on the card. Default Float32.</param>
    public static GpuVersusCpu Compare(GpuSpec gpu, CpuSpec cpu, NumberFormat precision = NumberFormat.Float32)
    {
        ArgumentNullException.ThrowIfNull(gpu);
        ArgumentNullException.ThrowIfNull(cpu);
        return new() { Gpu = gpu, Cpu = cpu, Precision = precision };
    }

    /// <summary>The operations of a model's step that are large enough to gain, as a share of its operations;
    /// null where the break-even is unknown.</summary>
    /// <param name="workload">What a model asks, e.g. from <c>ModelSpec.Training(batchSize)</c>.</param>
    public double? ShareThatGains(Workload workload)
    {
        ArgumentNullException.ThrowIfNull(workload);
        var computing = workload.Operations.Where(o => o.ForwardFlops > 0).ToList();
        return computing.Count == 0 || BreakEvenFlop is not { } least
            ? null
            : (double)computing.Count(o => o.ForwardFlops / o.SequentialSteps >= least) / computing.Count;
    }

    /// <summary>The verdict in one paragraph.</summary>
    public string Explain() => string.Create(CultureInfo.InvariantCulture,
        $"{Gpu.Name} moves data {MemoryRatio:0.#} times and computes {ComputeText()} as fast as {Cpu.Name}; {Verdict()}");

    /// <summary>The comparison as public JSON:
    /// <c>{gpu, cpu, precision, memoryRatio, computeRatio, breakEvenMflop, isWorthIt, verdict}</c>.</summary>
    public string ToJson() => JsonText.Object(json =>
    {
        json.WriteString("gpu", Gpu.Name);
        json.WriteString("cpu", Cpu.Name);
        json.WriteString("precision", Precision.ToString());
        json.Number("memoryRatio", MemoryRatio);
        json.Number("computeRatio", ComputeRatio);
        json.Number("breakEvenMflop", BreakEvenFlop / 1e6);
        json.WriteBoolean("isWorthIt", IsWorthIt);
        json.WriteString("verdict", Explain());
    });

    private string ComputeText()
        => ComputeRatio is { } ratio ? string.Create(CultureInfo.InvariantCulture, $"{ratio:0.#} times") : "an unknown number of times";

    private string Verdict() => IsWorthIt
        ? string.Create(CultureInfo.InvariantCulture, $"it is worth it where single operations exceed about {BreakEvenFlop / 1e6:0} "
            + $"million floating-point operations; smaller ones cost more to start than to do.")
        : "it gains little: keep to the processor, or choose another card.";
}

namespace DeepGpu.Hardware;

/// <summary>Throughput for each watt of the board's power limit: what a joule buys.</summary>
public sealed class EfficiencyCriterion : IGpuCriterion
{
    /// <inheritdoc/>
    public string Name => "efficiency";

    /// <inheritdoc/>
    public string Unit => "throughput points per 100 W";

    /// <inheritdoc/>
    public double? Measure(GpuCandidate candidate) => candidate.Card.Tdp is { } tdp ? 100 * candidate.Throughput / tdp.Watts : null;
}

using DeepGpu.Hardware.Forecasting;

namespace DeepGpu.Hardware;

/// <summary>Rate of the card's memory: what most layers of a network wait for.</summary>
public sealed class BandwidthCriterion : IGpuCriterion
{
    /// <inheritdoc/>
    public string Name => "bandwidth";

    /// <inheritdoc/>
    public string Unit => "GB/s";

    /// <inheritdoc/>
    public bool MeasuresSpeed => true;

    /// <inheritdoc/>
    public double? Measure(GpuCandidate candidate) => candidate.Card.Bandwidth.GigabytesPerSecond;

    /// <inheritdoc/>
    public double Score(GpuCandidate candidate, double value, double best)
        => value / best / ReachedRates.Default.SlowdownOf(candidate.Card);
}

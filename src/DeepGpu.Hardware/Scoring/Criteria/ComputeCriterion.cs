using DeepGpu.Hardware.Forecasting;

namespace DeepGpu.Hardware;

/// <summary>Rate at the precision of the work, other vendors' by what PyTorch reaches of it: matrix units where the card has them, with
/// 32-bit sums, else vector units.</summary>
public sealed class ComputeCriterion : IGpuCriterion
{
    /// <inheritdoc/>
    public string Name => "compute";

    /// <inheritdoc/>
    public string Unit => "TFLOPS";

    /// <inheritdoc/>
    public bool MeasuresSpeed => true;

    /// <inheritdoc/>
    public double? Measure(GpuCandidate candidate) => ReachedRates.Default.Of(candidate.Card, candidate.Precision)?.Teraflops;

    /// <inheritdoc/>
    public double Score(GpuCandidate candidate, double value, double best)
        => value / best / ReachedRates.Default.SlowdownOf(candidate.Card);
}

namespace DeepGpu.Hardware;

/// <summary>Peak rate at the precision of the work: matrix units where the card has them, with 32-bit sums, else vector units.</summary>
public sealed class ComputeCriterion : IGpuCriterion
{
    /// <inheritdoc/>
    public string Name => "compute";

    /// <inheritdoc/>
    public string Unit => "TFLOPS";

    /// <inheritdoc/>
    public bool MeasuresSpeed => true;

    /// <inheritdoc/>
    public double? Measure(GpuCandidate candidate) => candidate.Card.RateAt(candidate.Precision)?.Teraflops;
}

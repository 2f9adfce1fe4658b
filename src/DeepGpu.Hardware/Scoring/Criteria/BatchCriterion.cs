namespace DeepGpu.Hardware;

/// <summary>Room for a batch that keeps every unit busy. Beyond 24 GiB more memory makes nothing faster;
/// see <see cref="VramCriterion"/>.</summary>
public sealed class BatchCriterion : IGpuCriterion
{
    private const double EnoughGibibytes = 24;

    /// <inheritdoc/>
    public string Name => "batch";

    /// <inheritdoc/>
    public string Unit => "GiB (24 suffice)";

    /// <inheritdoc/>
    public bool MeasuresSpeed => true;

    /// <inheritdoc/>
    public double? Measure(GpuCandidate candidate) => Math.Min(EnoughGibibytes, candidate.Card.Vram.Gibibytes);
}

namespace DeepGpu.Hardware;

/// <summary>Memory on the card: decides which models and batches fit at all.</summary>
public sealed class VramCriterion : IGpuCriterion
{
    /// <inheritdoc/>
    public string Name => "vram";

    /// <inheritdoc/>
    public string Unit => "GiB";

    /// <inheritdoc/>
    public double? Measure(GpuCandidate candidate) => candidate.Card.Vram.Gibibytes;
}

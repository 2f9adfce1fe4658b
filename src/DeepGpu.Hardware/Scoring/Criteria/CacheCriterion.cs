namespace DeepGpu.Hardware;

/// <summary>The shared cache: what stays in it need not cross the memory bus again.</summary>
public sealed class CacheCriterion : IGpuCriterion
{
    /// <inheritdoc/>
    public string Name => "cache";

    /// <inheritdoc/>
    public string Unit => "MiB";

    /// <inheritdoc/>
    public bool MeasuresSpeed => true;

    /// <inheritdoc/>
    public double? Measure(GpuCandidate candidate) => candidate.Card.L2Cache?.Mebibytes;
}

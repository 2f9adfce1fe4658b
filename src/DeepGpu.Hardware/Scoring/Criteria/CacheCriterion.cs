namespace DeepGpu.Hardware;

/// <summary>The last cache before the memory (AMD's Infinity Cache, else the level-2 cache): what stays in it need not cross the memory
/// bus again.</summary>
public sealed class CacheCriterion : IGpuCriterion
{
    /// <inheritdoc/>
    public string Name => "cache";

    /// <inheritdoc/>
    public string Unit => "MiB";

    /// <inheritdoc/>
    public bool MeasuresSpeed => true;

    /// <inheritdoc/>
    public double? Measure(GpuCandidate candidate) => candidate.Card.CacheBeforeMemory?.Mebibytes;
}

namespace DeepGpu.Hardware;

/// <summary>Throughput for each dollar of the launch price.</summary>
public sealed class PriceCriterion : IGpuCriterion
{
    /// <inheritdoc/>
    public string Name => "price";

    /// <inheritdoc/>
    public string Unit => "throughput points per $1000";

    /// <inheritdoc/>
    public double? Measure(GpuCandidate candidate)
        => candidate.Card.LaunchPrice is { } price ? 1000 * candidate.Throughput / price.Dollars : null;
}

namespace DeepGpu.Hardware;

/// <summary>The link to other cards, both directions together: NVLink, Infinity Fabric or the like, PCI Express where there is none;
/// unknown where the link's rate is.</summary>
public sealed class InterconnectCriterion : IGpuCriterion
{
    /// <inheritdoc/>
    public string Name => "interconnect";

    /// <inheritdoc/>
    public string Unit => "GB/s";

    /// <inheritdoc/>
    public double? Measure(GpuCandidate candidate)
        => candidate.Card is { Interconnect: not null, InterconnectBandwidth: null }
            ? null
            : candidate.Card.InterconnectBandwidth?.GigabytesPerSecond ?? 2 * candidate.Card.PcieBandwidth?.GigabytesPerSecond;
}

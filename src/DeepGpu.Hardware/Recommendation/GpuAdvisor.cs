namespace DeepGpu.Hardware;

/// <summary>Ranks the cards of a catalogue for a workload.</summary>
public sealed class GpuAdvisor
{
    private readonly GpuCatalog _catalog;
    private readonly GpuScorer _scorer;

    /// <summary>Makes an advisor over a catalogue.</summary>
    public GpuAdvisor(GpuCatalog catalog, GpuScorer scorer)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(scorer);
        (_catalog, _scorer) = (catalog, scorer);
    }

    /// <summary>The built-in catalogue, scored by the default criteria.</summary>
    public static GpuAdvisor Default { get; } = new(GpuCatalog.Default, GpuScorer.Default);

    /// <summary>Ranks every card that meets the requirements.</summary>
    public Recommendation Recommend(Workload workload, Requirements? requirements = null)
    {
        ArgumentNullException.ThrowIfNull(workload);
        var rules = requirements ?? Requirements.None;
        var rejected = _catalog.Cards.Select(rules.Reject).OfType<RejectedGpu>().ToList();
        var eligible = _catalog.Cards.Except(rejected.Select(r => r.Card)).ToList();
        return new() { Workload = workload, Cards = _scorer.Score(eligible, workload.Precision), Rejected = rejected };
    }
}

namespace DeepGpu.Hardware;

/// <summary>A card that fails a requirement.</summary>
/// <param name="Card">The card.</param>
/// <param name="Failures">Every requirement it fails, at least one.</param>
public sealed record RejectedGpu(GpuSpec Card, IReadOnlyList<RequirementFailure> Failures)
{
    /// <summary>The first requirement it fails.</summary>
    public string Rule => Failures[0].Rule;

    /// <summary>What was asked for.</summary>
    public string Required => Failures[0].Required;

    /// <summary>What the card has.</summary>
    public string Actual => Failures[0].Actual;
}

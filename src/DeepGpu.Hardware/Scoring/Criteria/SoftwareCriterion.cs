namespace DeepGpu.Hardware;

/// <summary>How much runs on the card without work of your own: maturity of its platform, frameworks with a build for it,
/// and whether both still get releases.</summary>
/// <remarks>The maturity of each platform is data: Scoring/Data/software.json, with the reason beside each figure.</remarks>
public sealed class SoftwareCriterion : IGpuCriterion
{
    private const double WithoutReleases = 0.5;

    private static readonly int Frameworks = Enum.GetValues<MachineLearningFramework>().Length;

    /// <inheritdoc/>
    public string Name => "software";

    /// <inheritdoc/>
    public string Unit => "of 1";

    /// <inheritdoc/>
    public double? Measure(GpuCandidate candidate)
        => ShareThatRuns(candidate.Card);

    /// <summary>The same of a card: 0 to 1; null where its platform is not known.</summary>
    internal static double? ShareThatRuns(GpuSpec card)
        => card.Platform is { } stack ? ScoringData.Maturity[stack] * Coverage(card) * Upkeep(card) : null;

    private static double Coverage(GpuSpec card) => (1.0 + card.Frameworks.Count) / (1 + Frameworks);

    private static double Upkeep(GpuSpec card) => card.ToolkitSupport == ToolkitSupport.Ended ? WithoutReleases : 1;
}

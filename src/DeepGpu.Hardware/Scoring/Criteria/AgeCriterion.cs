namespace DeepGpu.Hardware;

/// <summary>Years since release, and whether drivers and toolkits still support the card: how long it will stay useful.</summary>
/// <remarks>A card of seven years counts half of a new one; one whose support has ended counts half of that.</remarks>
public sealed class AgeCriterion : IGpuCriterion
{
    private const double HalvingYears = 7;
    private const double DaysAYear = 365.25;

    /// <inheritdoc/>
    public string Name => "age";

    /// <inheritdoc/>
    public string Unit => "years";

    /// <inheritdoc/>
    public double? Measure(GpuCandidate candidate)
        => candidate.Card.ReleaseDate is { } date ? Math.Max(0, (candidate.AsOf.DayNumber - date.DayNumber) / DaysAYear)
            : candidate.Card.ReleaseYear is { } year ? Math.Max(0, candidate.AsOf.Year - year)
            : null;

    /// <inheritdoc/>
    public double Score(GpuCandidate candidate, double value, double best)
        => Math.Pow(0.5, value / HalvingYears) * (candidate.Card.ToolkitSupport == ToolkitSupport.Ended ? 0.5 : 1);
}

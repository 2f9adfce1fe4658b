namespace DeepGpu.Hardware;

/// <summary>Watts left for the compute units once the memory has taken its share: under a long load they decide how
/// high the clock stays.</summary>
/// <remarks>Memory is counted at 1.25 W a GiB of GDDR6 and GDDR7, 1.6 W of GDDR5 and GDDR6X, 0.5 W of stacked and low-power memory:
/// estimates of the size of the effect, not data-sheet figures.
/// Two cards that differ only in the size of their memory differ by it.</remarks>
public sealed class PowerCriterion : IGpuCriterion
{
    /// <inheritdoc/>
    public string Name => "power";

    /// <inheritdoc/>
    public string Unit => "W";

    /// <inheritdoc/>
    public bool MeasuresSpeed => true;

    /// <inheritdoc/>
    public double? Measure(GpuCandidate candidate)
        => candidate.Card.Tdp is { } tdp
            ? Math.Max(1, tdp.Watts - candidate.Card.Vram.Gibibytes * WattsPerGibibyte(candidate.Card.MemoryType))
            : null;

    private static double WattsPerGibibyte(string? memoryType) => memoryType switch
    {
        "GDDR6" or "GDDR7" => 1.25,
        "GDDR5" or "GDDR5X" or "GDDR6X" => 1.6,
        _ => 0.5,
    };
}

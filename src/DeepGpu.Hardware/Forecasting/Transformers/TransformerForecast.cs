namespace DeepGpu.Hardware;

/// <summary>What every forecast of a transformer on a card says: memory, and whether it fits.</summary>
public abstract record TransformerForecast
{
    private protected TransformerForecast()
    {
    }

    /// <summary>The card.</summary>
    public required GpuSpec Card { get; init; }

    /// <summary>Memory of one card, term by term.</summary>
    public required TransformerMemory Memory { get; init; }

    /// <summary>All of it, with the interval that measured memory had.</summary>
    public required Estimate<ByteSize> PeakMemory { get; init; }

    /// <summary>How likely it fits, from how far measured memory lay from its forecast.</summary>
    public required double ProbabilityThatItFits { get; init; }

    /// <summary>Whether it fits: surely where that is 95 % or more, not where it is 5 % or less.</summary>
    public required FitVerdict Fits { get; init; }

    /// <summary>What a reader should know beside the figures.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}

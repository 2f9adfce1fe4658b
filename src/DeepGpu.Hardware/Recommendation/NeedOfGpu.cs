namespace DeepGpu.Hardware;

/// <summary>Whether a GPU is needed: the run on a processor, and on the fastest card that can be bought.</summary>
/// <param name="Processor">The processor.</param>
/// <param name="OnProcessor">The run on it.</param>
/// <param name="OnGpu">The run on the first pick; without one, on the fastest card.</param>
/// <param name="IsNeeded">Whether the processor takes too long, as <see cref="RecommendationPolicy.Patience"/> and
/// <see cref="RecommendationPolicy.WorthwhileGain"/> say.</param>
public sealed record NeedOfGpu(Processor Processor, Estimate<TimeSpan> OnProcessor, Estimate<TimeSpan> OnGpu, bool IsNeeded)
{
    /// <summary>How many times faster the card is.</summary>
    public double Gain => OnProcessor.Value / OnGpu.Value;
}

namespace DeepGpu.Hardware;

/// <summary>What is forecast of a step of a network for pictures on a card.</summary>
public sealed record VisionForecast
{
    /// <summary>The step.</summary>
    public required VisionRequest Request { get; init; }

    /// <summary>The card.</summary>
    public required GpuSpec Card { get; init; }

    /// <summary>Time of a step; null where the card's rates are not known.</summary>
    public Estimate<TimeSpan>? StepTime { get; init; }

    /// <summary>Pictures a second.</summary>
    public Estimate<double>? ImagesPerSecond { get; init; }

    /// <summary>What a reader should know beside the figures.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}

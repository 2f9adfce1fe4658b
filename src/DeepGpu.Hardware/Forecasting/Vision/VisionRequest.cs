namespace DeepGpu.Hardware;

/// <summary>A step of a network for pictures.</summary>
public sealed record VisionRequest
{
    /// <summary>The network.</summary>
    public required VisionModel Model { get; init; }

    /// <summary>Pictures a step. Default 32.</summary>
    public int BatchSize { get; init; } = 32;

    /// <summary>Whether the step trains: forward, backward and the optimizer. Default forward alone.</summary>
    public bool Trains { get; init; }

    /// <summary>What products compute in. Default Float16, mixed with 32 bits.</summary>
    public NumberFormat Precision { get; init; } = NumberFormat.Float16;

    /// <summary>Whether the graph is compiled (torch.compile).</summary>
    public bool Compiled { get; init; }

    /// <summary>Whether pictures lie in memory channels last.</summary>
    public bool ChannelsLast { get; init; }
}

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

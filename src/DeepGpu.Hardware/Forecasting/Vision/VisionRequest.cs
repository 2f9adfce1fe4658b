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

namespace DeepGpu.Hardware;

/// <summary>A step of your own that was timed: it corrects forecasts of its card, and of its model on every card.</summary>
/// <param name="Workload">What was run.</param>
/// <param name="Card">What it ran on.</param>
/// <param name="StepTime">How long a step took, above 0.</param>
public sealed record GpuMeasurement(Workload Workload, GpuSpec Card, TimeSpan StepTime)
{
    /// <summary>How long a step took, above 0.</summary>
    public TimeSpan StepTime { get; init; } = StepTime > TimeSpan.Zero
        ? StepTime
        : throw Require.OutOfRange(nameof(GpuMeasurement), nameof(StepTime), "above 0", StepTime);
}

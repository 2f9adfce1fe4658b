namespace DeepGpu.Hardware;

/// <summary>Requests of your own that were timed: they correct forecasts of the card, most of all those of the same model.</summary>
/// <param name="Request">What was asked for. The engine must be named.</param>
/// <param name="Card">What it ran on.</param>
public sealed record InferenceMeasurement(InferenceRequest Request, GpuSpec Card)
{
    /// <summary>The mean time between two tokens of a sequence, above 0; null where it was not timed.</summary>
    public TimeSpan? TimePerToken { get; init => field = Positive(value, nameof(TimePerToken)); }

    /// <summary>From the prompts to the first token, above 0; null where it was not timed.</summary>
    public TimeSpan? TimeToFirstToken { get; init => field = Positive(value, nameof(TimeToFirstToken)); }

    private static TimeSpan? Positive(TimeSpan? time, string name) => time is null || time > TimeSpan.Zero
        ? time
        : throw Require.OutOfRange(nameof(InferenceMeasurement), name, "above 0", time);
}

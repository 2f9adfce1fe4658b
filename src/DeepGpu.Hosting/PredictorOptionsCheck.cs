namespace DeepGpu.Hosting;

/// <summary>The rules of <see cref="PredictorOptions"/>.</summary>
internal static class PredictorOptionsCheck
{
    private const double LongestMilliseconds = uint.MaxValue - 1.0;

    public static IEnumerable<Fault> Faults(PredictorOptions options) => new[]
    {
        options.MaxBatchSize < 1 ? Wrong(nameof(options.MaxBatchSize), "at least 1", options.MaxBatchSize) : null,
        options.Capacity < 1 ? Wrong(nameof(options.Capacity), "at least 1", options.Capacity) : null,
        options.MaxDelay < TimeSpan.Zero || options.MaxDelay.TotalMilliseconds > int.MaxValue
            ? Wrong(nameof(options.MaxDelay), "from 0 to 24 days", options.MaxDelay) : null,
        options.Timeout is { } timeout && !IsWait(timeout) ? Wrong(nameof(options.Timeout), "above 0 and below 50 days", timeout) : null,
        !IsWait(options.StuckAfter) ? Wrong(nameof(options.StuckAfter), "above 0 and below 50 days", options.StuckAfter) : null,
        !Enum.IsDefined(options.WhenFull) ? Wrong(nameof(options.WhenFull), "Reject or Wait", options.WhenFull) : null,
        options.Example is null ? Wrong(nameof(options.Example), "a list of arrays", null) : null,
        DeviceName.IsKnown(options.Device) ? null : Wrong(nameof(options.Device), "best, cpu, cuda or cuda:N", options.Device),
    }.OfType<Fault>();

    public static bool IsWait(TimeSpan time) => time > TimeSpan.Zero && time.TotalMilliseconds <= LongestMilliseconds;

    private static Fault Wrong(string name, string range, object? value) => new("predictor_options",
        $"PredictorOptions.{name} must be {range},", FormattableString.Invariant($"but is {value ?? "null"}."), "Correct it.");
}

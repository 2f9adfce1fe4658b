namespace DeepGpu;

/// <summary>How processes are connected.</summary>
public sealed record DistributionOptions
{
    /// <summary>The defaults.</summary>
    public static DistributionOptions Default { get; } = new();

    /// <summary>How long a process waits for the others in one operation, above 0; then all are ended, with a message that names those
    /// that did not come. Default 10 minutes.</summary>
    public TimeSpan Timeout
    {
        get;
        init => field = value > TimeSpan.Zero
            ? value
            : throw Require.OutOfRange(nameof(DistributionOptions), nameof(Timeout), "above 0", value);
    } = TimeSpan.FromMinutes(10);

    /// <summary>The path or name of the MPI library; null for the variable DEEPGPU_MPI_LIBRARY, or what the machine has. Default
    /// null.</summary>
    public string? MpiLibrary { get; init; }
}

namespace DeepGpu.Hardware;

/// <summary>What a source answers.</summary>
public sealed record GpuSourceResult
{
    /// <summary>How the source is.</summary>
    public required GpuSourceStatus Status { get; init; }

    /// <summary>The GPUs; empty unless the status is <see cref="GpuSourceStatus.Ok"/>.</summary>
    public IReadOnlyList<GpuDevice> Devices { get; init; } = [];

    /// <summary>Why there are none; null where there are some.</summary>
    public Fault? Reason { get; init; }

    /// <summary>The sources that were tried before, with their answers.</summary>
    public IReadOnlyList<GpuSourceAttempt> Attempts { get; init; } = [];

    /// <summary>An answer with devices, or <see cref="GpuSourceStatus.NoDevices"/> where there are none.</summary>
    public static GpuSourceResult Found(IReadOnlyList<GpuDevice> devices)
    {
        ArgumentNullException.ThrowIfNull(devices);
        return devices.Count > 0
            ? new() { Status = GpuSourceStatus.Ok, Devices = devices }
            : new()
            {
                Status = GpuSourceStatus.NoDevices,
                Reason = new("no_devices", "A GPU must be installed,", "but the driver reports none.",
                    "Check that the card sits in its slot and has power.")
            };
    }

    /// <summary>An answer without devices.</summary>
    public static GpuSourceResult Without(GpuSourceStatus status, Fault reason) => new() { Status = status, Reason = reason };
}

/// <summary>One source's answer, in short.</summary>
/// <param name="Source">The source's name.</param>
/// <param name="Status">How it is.</param>
/// <param name="Reason">Why it gives no GPU; null where it gives some.</param>
public sealed record GpuSourceAttempt(string Source, GpuSourceStatus Status, Fault? Reason);

/// <summary>How a source is.</summary>
public enum GpuSourceStatus
{
    /// <summary>It gives GPUs.</summary>
    Ok,

    /// <summary>It works; there is no GPU.</summary>
    NoDevices,

    /// <summary>Its library, command or folder is not on this machine.</summary>
    NotInstalled,

    /// <summary>The driver is not loaded.</summary>
    NoDriver,

    /// <summary>Driver and library have different versions; a restart helps.</summary>
    DriverMismatch,

    /// <summary>A GPU no longer answers; a restart helps.</summary>
    GpuLost,

    /// <summary>This user may not ask.</summary>
    NoPermission,

    /// <summary>It did not answer in time.</summary>
    TimedOut,

    /// <summary>It does not know a question, being older.</summary>
    UnsupportedQuery,

    /// <summary>Its answer cannot be understood.</summary>
    Malformed,

    /// <summary>It failed otherwise.</summary>
    Failed,
}

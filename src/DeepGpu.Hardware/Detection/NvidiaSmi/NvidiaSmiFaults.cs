namespace DeepGpu.Hardware.Detection;

/// <summary>What nvidia-smi says when it fails.</summary>
internal static class NvidiaSmiFaults
{
    private const int Other = 255;
    private const int BadArgument = 2;
    private const int NoPermission = 4;
    private const int DriverNotLoaded = 9;
    private const int LibraryNotFound = 12;
    private const int GpuLost = 15;
    private const int VersionMismatch = 18;

    private static readonly (string Text, int Code, Fault Fault)[] Answers =
    [
        ("GPU access blocked by the operating system", Other, new("access_blocked", "The operating system must let the GPU be used,",
            "but blocks it, as Windows does in WSL when its driver is older than WSL needs or was updated while WSL ran.",
            "Update the NVIDIA driver of Windows, then run 'wsl --shutdown' and start WSL again.")),
        ("Failed to initialize NVML: Unknown Error", Other, new("nvml_unknown_error", "NVIDIA's library must reach the driver,",
            "but gets an unknown error, as in a container whose devices were taken away when the host's daemon was reloaded.",
            "In a container: restart the container, and pass the devices by --device=/dev/nvidia0 so that they stay. "
                + "Elsewhere: restart the machine.")),
        ("version mismatch", VersionMismatch, NvidiaFaults.DriverMismatch),
        ("couldn't communicate with the NVIDIA driver", DriverNotLoaded, NvidiaFaults.NoDriver),
        ("is lost", GpuLost, NvidiaFaults.GpuLost),
        ("Unable to determine the device handle", GpuLost, NvidiaFaults.GpuLost),
        ("is not a valid field to query", BadArgument, new("unsupported_query", "nvidia-smi must know every field asked for,",
            "but this version does not know one.", "Ask without the field, or update the driver.")),
        ("Insufficient Permissions", NoPermission, NvidiaFaults.NoPermission),
        ("shared library", LibraryNotFound, new("nvml_not_found", "nvidia-smi needs NVIDIA's management library,", "but does not find it.",
            "Install the NVIDIA driver again.")),
    ];

    public static bool SaysNoDevices(string text) => text.Contains("No devices were found", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a line is a message of the driver and no row: its first word says so, or it has no columns.</summary>
    public static bool IsMessage(string line)
        => line.StartsWith("WARNING", StringComparison.OrdinalIgnoreCase) || line.StartsWith("Failed to ", StringComparison.Ordinal)
            || line.StartsWith("Unable to ", StringComparison.Ordinal) || line.StartsWith("NVIDIA-SMI ", StringComparison.Ordinal)
            || line.StartsWith("Warning", StringComparison.Ordinal) || line.StartsWith("Error", StringComparison.OrdinalIgnoreCase);

    /// <summary>The failure that text or exit code mean, or null.</summary>
    public static ModelFormatException? Known(string text, int exitCode)
    {
        var heading = text.AsSpan(0, Math.Min(text.Length, 1000)).ToString();
        foreach (var (said, _, fault) in Answers)
            if (heading.Contains(said, StringComparison.OrdinalIgnoreCase)) return new(Quoting(fault, text));
        if (exitCode == 0) return null;
        var byCode = Answers.FirstOrDefault(answer => answer.Code == exitCode && exitCode != Other).Fault;
        return new(Quoting(byCode ?? new("nvidia_smi_failed", "nvidia-smi must end with exit code 0,", $"but ended with {exitCode}.",
            "Run it by hand to see what it says."), text));
    }

    public static ModelFormatException Broken(string code, string rule, string received, string? entry = null)
        => new(new Fault(code, rule, received, "Run nvidia-smi by hand and compare."), entry: entry);

    private static Fault Quoting(Fault fault, string text)
        => text.Trim() is { Length: > 0 } said
            ? fault with { Received = $"{fault.Received.TrimEnd('.')} ('{StrictJson.Printable(said)}')." }
            : fault;
}

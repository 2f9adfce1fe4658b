namespace DeepGpu.Hardware;

/// <summary>What nvidia-smi says when it fails.</summary>
internal static class NvidiaSmiFaults
{
    private const int BadArgument = 2;
    private const int NoPermission = 4;
    private const int DriverNotLoaded = 9;
    private const int LibraryNotFound = 12;
    private const int GpuLost = 15;
    private const int VersionMismatch = 18;

    private static readonly (string Text, int Code, Fault Fault)[] Answers =
    [
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

    /// <summary>The failure that text or exit code mean, or null.</summary>
    public static ModelFormatException? Known(string text, int exitCode)
    {
        var heading = text.AsSpan(0, Math.Min(text.Length, 1000)).ToString();
        foreach (var (said, _, fault) in Answers)
            if (heading.Contains(said, StringComparison.OrdinalIgnoreCase)) return new(Quoting(fault, text));
        if (exitCode == 0) return null;
        var byCode = Answers.FirstOrDefault(answer => answer.Code == exitCode).Fault;
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

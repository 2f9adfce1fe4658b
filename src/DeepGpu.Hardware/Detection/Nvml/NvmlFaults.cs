namespace DeepGpu.Hardware.Detection;

/// <summary>What the library's answers mean.</summary>
internal static class NvmlFaults
{
    public static GpuSourceResult Result(NvmlReturn answer) => GpuSourceResult.Without(Status(answer), Fault(answer));

    public static Fault Fault(NvmlReturn answer) => answer switch
    {
        NvmlReturn.LibraryNotFound => new("nvml_not_found", "NVIDIA's management library (libnvidia-ml.so.1, nvml.dll) must be installed,",
            "but is not.", "Install the NVIDIA driver, if this machine has an NVIDIA GPU."),
        NvmlReturn.DriverNotLoaded => NvidiaFaults.NoDriver,
        NvmlReturn.LibRmVersionMismatch => NvidiaFaults.DriverMismatch,
        NvmlReturn.GpuIsLost or NvmlReturn.ResetRequired => NvidiaFaults.GpuLost,
        NvmlReturn.NoPermission => NvidiaFaults.NoPermission,
        _ => new("nvml_failed", "NVIDIA's management library must answer,",
            $"but gives error {(int)answer} ({answer}).", "Update the NVIDIA driver."),
    };

    private static GpuSourceStatus Status(NvmlReturn answer) => answer switch
    {
        NvmlReturn.LibraryNotFound => GpuSourceStatus.NotInstalled,
        NvmlReturn.DriverNotLoaded => GpuSourceStatus.NoDriver,
        NvmlReturn.LibRmVersionMismatch => GpuSourceStatus.DriverMismatch,
        NvmlReturn.GpuIsLost or NvmlReturn.ResetRequired => GpuSourceStatus.GpuLost,
        NvmlReturn.NoPermission => GpuSourceStatus.NoPermission,
        _ => GpuSourceStatus.Failed,
    };
}

/// <summary>What can be wrong with NVIDIA's driver, however it is asked.</summary>
internal static class NvidiaFaults
{
    public static Fault NoDriver { get; } = new("no_driver", "NVIDIA's kernel driver must be loaded,", "but is not.",
        "Install or load the driver (modprobe nvidia), then restart.");

    public static Fault DriverMismatch { get; } = new("driver_mismatch", "NVIDIA's driver and library must have the same version,",
        "but differ: an update is half done.", "Restart the machine.");

    public static Fault GpuLost { get; } = new("gpu_lost", "A GPU must answer,", "but this one has fallen off the bus.",
        "Restart the machine; if it happens again, check power, seating and temperature.");

    public static Fault NoPermission { get; } = new("no_permission", "This user must be allowed to ask the driver,", "but is not.",
        "Run as a user with access to /dev/nvidia*.");
}

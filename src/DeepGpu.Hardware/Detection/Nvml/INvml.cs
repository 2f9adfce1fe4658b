namespace DeepGpu.Hardware.Detection;

/// <summary>The questions that are asked of NVIDIA's management library. A fake replaces it in tests.</summary>
internal interface INvml
{
    NvmlReturn Init();

    NvmlReturn Shutdown();

    NvmlReturn Count(out int count);

    NvmlReturn Device(int index, out nint device);

    NvmlReturn Text(NvmlText text, nint device, out string value);

    NvmlReturn Number(NvmlNumber number, nint device, out long value);
}

/// <summary>The library's answers that matter here.</summary>
internal enum NvmlReturn
{
    Success = 0,
    Uninitialized = 1,
    NotSupported = 3,
    NoPermission = 4,
    DriverNotLoaded = 9,
    LibraryNotFound = 12,
    FunctionNotFound = 13,
    GpuIsLost = 15,
    ResetRequired = 16,
    LibRmVersionMismatch = 18,
    Unknown = 999,
}

/// <summary>Texts it gives.</summary>
internal enum NvmlText
{
    DriverVersion,
    Name,
    Uuid,
    PciAddress,
}

/// <summary>Numbers it gives, with their units.</summary>
internal enum NvmlNumber
{
    MemoryTotalBytes,
    MemoryFreeBytes,
    MemoryUsedBytes,
    ComputeCapabilityTimesTen,
    UtilizationPercent,
    PowerMilliwatts,
    PowerLimitMilliwatts,
    TemperatureCelsius,
    ClockMegahertz,
    MemoryClockMegahertz,
    ThrottleReasons,
    LinkGeneration,
    LinkLanes,
    MaximumLinkGeneration,
    MaximumLinkLanes,
    TotalEnergyMillijoules,
}

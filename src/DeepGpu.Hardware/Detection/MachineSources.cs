namespace DeepGpu.Hardware.Detection;

/// <summary>The ways to the GPUs of this machine.</summary>
internal static class MachineSources
{
    public static IReadOnlyList<IGpuSource> All(GpuDetectionOptions options)
    {
        var commands = new SystemCommands();
        return OperatingSystem.IsMacOS()
            ? [new SystemProfilerSource(commands, options)]
            : [new FallbackGpuSource(new NvmlSource(NvmlLibrary.Open), new NvidiaSmiSource(commands, options)),
                new FallbackGpuSource(new SysfsSource(options.SysfsFolder, new RocmSmi(commands, options)))];
    }
}

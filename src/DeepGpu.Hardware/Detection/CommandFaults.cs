namespace DeepGpu.Hardware.Detection;

/// <summary>What can happen to a command that is asked about GPUs.</summary>
internal static class CommandFaults
{
    public static GpuSourceResult NotFound(string command) => GpuSourceResult.Without(GpuSourceStatus.NotInstalled,
        new("command_not_found", $"{command} must be in one of the system's folders,", "but is not.",
            "Install the vendor's driver, if this machine has such a GPU."));

    public static GpuSourceResult Result(string command, CommandResult result, TimeSpan limit) => result.End switch
    {
        CommandEnd.TimedOut => GpuSourceResult.Without(GpuSourceStatus.TimedOut,
            new("timed_out", $"{command} must answer within {limit.TotalSeconds:0.#} s,", "but did not; it was ended with its children.",
                "Restart the machine if the driver hangs.")),
        CommandEnd.WroteTooMuch => GpuSourceResult.Without(GpuSourceStatus.Malformed,
            new("output_too_long", $"{command} must print a short answer,", "but printed more than a megabyte; it was ended.",
                "Check that it is the vendor's command.")),
        _ => GpuSourceResult.Without(GpuSourceStatus.NotInstalled,
            new("command_not_started", $"{command} must start,", $"but: {result.Output.TrimEnd('.')}.", "Check its path and permissions.")),
    };
}

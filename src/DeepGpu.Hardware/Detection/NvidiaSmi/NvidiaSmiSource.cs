namespace DeepGpu.Hardware.Detection;

/// <summary>NVIDIA's GPUs by its command. Fields that an old driver does not know are asked for no more.</summary>
internal sealed class NvidiaSmiSource(ICommands commands, GpuDetectionOptions options) : IGpuSource
{
    public string Name => "nvidia-smi";

    public async ValueTask<GpuSourceResult> ReadAsync(CancellationToken cancellationToken = default)
    {
        if ((options.NvidiaSmiPath ?? commands.Find("nvidia-smi")) is not { } path) return CommandFaults.NotFound("nvidia-smi");
        var fields = NvidiaSmiColumns.Asked.ToList();
        while (true)
        {
            var result = await commands.RunAsync(path, [$"--query-gpu={string.Join(',', fields)}", "--format=csv"],
                options.CommandTimeout, cancellationToken)
                .ConfigureAwait(false);
            if (result.End != CommandEnd.Exited) return CommandFaults.Result("nvidia-smi", result, options.CommandTimeout);
            if (fields.RemoveAll(field => result.ExitCode != 0 && IsRefused(field, result.Output)) == 0) return Read(result);
        }
    }

    /// <summary>"Field "compute_cap" is not a valid field to query."</summary>
    private static bool IsRefused(string field, string output)
        => field is not ("index" or "name") && output.Contains("not a valid field", StringComparison.OrdinalIgnoreCase)
            && output.Contains($"\"{field}\"", StringComparison.Ordinal);

    private static GpuSourceResult Read(CommandResult result)
    {
        try
        {
            return GpuSourceResult.Found(NvidiaSmiOutput.Parse(result.Output, result.ExitCode ?? 0));
        }
        catch (ModelFormatException e)
        {
            return GpuSourceResult.Without(Status(e.Fault.Code), e.Fault);
        }
    }

    private static GpuSourceStatus Status(string code) => code switch
    {
        "driver_mismatch" => GpuSourceStatus.DriverMismatch,
        "no_driver" => GpuSourceStatus.NoDriver,
        "gpu_lost" => GpuSourceStatus.GpuLost,
        "no_permission" => GpuSourceStatus.NoPermission,
        "unsupported_query" => GpuSourceStatus.UnsupportedQuery,
        "nvml_not_found" => GpuSourceStatus.NotInstalled,
        "nvidia_smi_failed" => GpuSourceStatus.Failed,
        _ => GpuSourceStatus.Malformed,
    };
}

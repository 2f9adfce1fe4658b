namespace DeepGpu.Hardware;

/// <summary>A way to the GPUs of a machine: a driver's library, a command, a fake for tests.</summary>
public interface IGpuSource
{
    /// <summary>A short name, e.g. "NVML".</summary>
    string Name { get; }

    /// <summary>The GPUs with their readings now. Says in the result what is missing; throws only when cancelled.</summary>
    ValueTask<GpuSourceResult> ReadAsync(CancellationToken cancellationToken = default);
}

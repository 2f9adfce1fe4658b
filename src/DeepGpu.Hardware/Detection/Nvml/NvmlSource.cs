namespace DeepGpu.Hardware.Detection;

/// <summary>NVIDIA's GPUs by its management library. The library is initialised once and shut down once,
/// however many threads ask.</summary>
/// <param name="open">Opens the library; gives null where it is not installed.</param>
internal sealed class NvmlSource(Func<INvml?> open) : IGpuSource, IDisposable
{
    private readonly Lock _gate = new();
    private INvml? _nvml;
    private bool _isDisposed;

    public string Name => "NVML";

    public ValueTask<GpuSourceResult> ReadAsync(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            return ValueTask.FromResult(Start() ?? Read(_nvml!));
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
            Stop();
        }
    }

    /// <summary>Null where the library is ready, else why it is not.</summary>
    private GpuSourceResult? Start()
    {
        if (_nvml is not null) return null;
        if (open() is not { } nvml) return NvmlFaults.Result(NvmlReturn.LibraryNotFound);
        var started = nvml.Init();
        if (started != NvmlReturn.Success) return NvmlFaults.Result(started);
        _nvml = nvml;
        return null;
    }

    private void Stop()
    {
        _nvml?.Shutdown();
        _nvml = null;
    }

    private GpuSourceResult Read(INvml nvml)
    {
        var counted = nvml.Count(out var count);
        if (counted == NvmlReturn.Success)
            return GpuSourceResult.Found([.. Enumerable.Range(0, count).Select(index => NvmlDevice.Read(nvml, index))]);
        Stop();
        return NvmlFaults.Result(counted);
    }
}

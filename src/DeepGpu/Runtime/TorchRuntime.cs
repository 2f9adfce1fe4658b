namespace DeepGpu;

/// <summary>Finds and loads the native libraries, once a process, and explains what it did.</summary>
/// <remarks>Anything of this library that needs torch starts it; call <see cref="Start"/> yourself only to give options.</remarks>
public static class TorchRuntime
{
    private static readonly Lock Gate = new();
    private static TorchRuntimeReport? _report;

    /// <summary>Loads the native libraries; later calls return the first one's report.</summary>
    /// <exception cref="TorchRuntimeException">They cannot be loaded: the problem and its remedy.</exception>
    public static TorchRuntimeReport Start(TorchRuntimeOptions? options = null)
    {
        var report = Diagnose(options);
        return report.IsUsable ? report : throw new TorchRuntimeException(report);
    }

    /// <summary>The same as <see cref="Start"/>, but a failure is told, not thrown.</summary>
    public static TorchRuntimeReport Diagnose(TorchRuntimeOptions? options = null)
    {
        ProcessEnd.Join();
        try
        {
            lock (Gate) return _report ??= TorchLoader.Load(options ?? new());
        }
        finally
        {
            ProcessEnd.Leave();
        }
    }
}

/// <summary>The native libraries cannot be loaded.</summary>
public sealed class TorchRuntimeException : DeepGpuException
{
    internal TorchRuntimeException(TorchRuntimeReport report)
        : base(report.Problems[0]) => Report = report;

    /// <summary>What was found and tried.</summary>
    public TorchRuntimeReport Report { get; }
}

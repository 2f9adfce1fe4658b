using DeepGpu.Runtime;

namespace DeepGpu;

/// <summary>Finds and loads the native libraries, once a process, and explains what it did.</summary>
/// <remarks>Anything of this library that needs torch starts it; call <see cref="Start"/> yourself only to give options.</remarks>
public static class TorchRuntime
{
    private static readonly Lock Gate = new();
    private static TorchRuntimeReport? _report;
    private static EngineGuard? _guard;
    private static volatile EngineComputations _checked;

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
            lock (Gate) return _report ??= Load(options ?? new());
        }
        finally
        {
            ProcessEnd.Leave();
        }
    }

    /// <summary>Checks now, and not at the first use, whether the engine computes right on this processor.</summary>
    /// <param name="kinds">Kinds of computation. Default all; those checked before are not checked again.</param>
    /// <returns>The report with its <see cref="TorchRuntimeReport.Engine"/>;
    /// not usable if an error remains that no remedy takes away.</returns>
    public static TorchRuntimeReport CheckEngine(EngineComputations kinds = EngineComputations.All)
    {
        lock (Gate)
        {
            if (Diagnose() is not { IsUsable: true } report) return _report!;
            _guard ??= EngineGuard.Of(report.LibTorchFolder!, logger: null);
            _guard.Require(kinds);
            return _report = Told(report);
        }
    }

    /// <summary>Before kinds of computation are used: checks them unless they were, or the user trusts the engine.</summary>
    /// <exception cref="TorchRuntimeException">The engine computes wrong, and no remedy helps.</exception>
    internal static void Require(EngineComputations kinds)
    {
        if (_checked.HasFlag(kinds)) return;
        lock (Gate)
        {
            if (_guard is not null && CheckEngine(kinds) is { IsUsable: false } report) throw new TorchRuntimeException(report);
            _checked |= kinds;
        }
    }

    private static TorchRuntimeReport Load(TorchRuntimeOptions options)
    {
        var report = TorchLoader.Load(options);
        if (!report.IsUsable || options.Numerics == TorchNumerics.Trust) return report;
        _guard = EngineGuard.Of(report.LibTorchFolder!, options.Logger);
        _guard.Start();
        return Told(report);
    }

    private static TorchRuntimeReport Told(TorchRuntimeReport report) => report with
    {
        IsUsable = _guard!.IsRight,
        Engine = _guard.Check,
        LibTorchBuildId = _guard.BuildId,
        Problems = [.. _guard.Problems, .. report.Problems.Except(_guard.Problems)],
    };
}

/// <summary>The native libraries cannot be loaded.</summary>
public sealed class TorchRuntimeException : DeepGpuException
{
    internal TorchRuntimeException(TorchRuntimeReport report)
        : base(report.Problems[0]) => Report = report;

    /// <summary>What was found and tried.</summary>
    public TorchRuntimeReport Report { get; }
}

namespace DeepGpu.Hardware;

/// <summary>A machine for tests: GPUs, faults and hangs as they happen in the field, without any hardware.</summary>
/// <example><code>
/// var machine = new FakeGpuMachine(new FakeGpu(), new FakeGpu { LostFromCall = 2 }) { Delay = TimeSpan.FromSeconds(1) };
/// using var detector = new GpuDetector([machine]);
/// </code></example>
public sealed class FakeGpuMachine : IGpuSource
{
    private readonly IReadOnlyList<FakeGpu> _gpus;
    private int _calls;

    /// <summary>Makes a machine with some GPUs; none for a machine without.</summary>
    public FakeGpuMachine(params IEnumerable<FakeGpu> gpus) => _gpus = [.. gpus];

    /// <inheritdoc/>
    public string Name { get; init; } = "fake machine";

    /// <summary>How long each answer takes; <see cref="Timeout.InfiniteTimeSpan"/> hangs until cancelled. Default none.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>The answer instead of GPUs at a call, counted from 0; null from it means the GPUs. Default none.</summary>
    public Func<int, GpuSourceResult?>? Fault { get; init; }

    /// <summary>An exception that is thrown at a call, counted from 0. Default none.</summary>
    public Func<int, Exception?>? Exception { get; init; }

    /// <summary>How often it was asked.</summary>
    public int Calls => _calls;

    /// <inheritdoc/>
    public async ValueTask<GpuSourceResult> ReadAsync(CancellationToken cancellationToken = default)
    {
        var call = Interlocked.Increment(ref _calls) - 1;
        if (Delay != TimeSpan.Zero) await Task.Delay(Delay, cancellationToken).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        if (Exception?.Invoke(call) is { } exception) throw exception;
        return Fault?.Invoke(call) ?? GpuSourceResult.Found([.. _gpus.Select((gpu, index) => gpu.At(index, call))]);
    }
}

namespace DeepGpu.Hosting;

/// <summary>A request in the queue. It ends once: answered, failed, cancelled or too late.</summary>
internal sealed class PredictionRequest : IDisposable
{
    private readonly TaskCompletionSource<IReadOnlyList<NDArray>> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private CancellationTokenRegistration _cancel;
    private ITimer? _deadline;

    /// <summary>The arrays; empty once nobody waits for the answer, so that the queue holds no dead ones.</summary>
    public NDArray[] Inputs { get; private set; } = [];

    public required int Samples { get; init; }

    public required long Arrival { get; init; }

    /// <summary>Whether the predictor itself asks, for warm-up or health.</summary>
    public bool IsProbe { get; init; }

    /// <summary>The trace that the request belongs to.</summary>
    public System.Diagnostics.ActivityContext Trace { get; set; }

    public Task<IReadOnlyList<NDArray>> Answer => _answer.Task;

    public bool IsOver => _answer.Task.IsCompleted;

    public static PredictionRequest Of(IReadOnlyList<NDArray> inputs, bool isBatchable, TimeProvider time, bool isProbe) => new()
    {
        Inputs = [.. inputs],
        Samples = isBatchable ? inputs[0].Shape[0] : 1,
        Arrival = time.GetTimestamp(),
        IsProbe = isProbe,
    };

    /// <summary>Ends it when the caller cancels or the time is over.</summary>
    public void Watch(TimeSpan? timeout, Func<TimeSpan, Exception> late, TimeProvider time, CancellationToken cancellation)
    {
        if (timeout is { } allowed)
            _deadline = time.CreateTimer(_ => Fail(late(allowed)), null, allowed, System.Threading.Timeout.InfiniteTimeSpan);
        _cancel = cancellation.UnsafeRegister(_ => _answer.TrySetCanceled(cancellation), null);
    }

    /// <summary>What tells requests that one call of the model can compute together.</summary>
    public string Kind() => string.Join('|', Inputs.Select(input => $"{input.Type}:{string.Join(',', input.Shape.Skip(1))}"));

    public void Succeed(IReadOnlyList<NDArray> outputs) => _answer.TrySetResult(outputs);

    public void Fail(Exception cause) => _answer.TrySetException(cause);

    public void Dispose()
    {
        _deadline?.Dispose();
        _cancel.Dispose();
        Inputs = [];
    }
}

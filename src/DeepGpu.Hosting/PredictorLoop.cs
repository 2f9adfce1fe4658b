namespace DeepGpu.Hosting;

/// <summary>The one thread that runs a model: engines keep memory and helper threads for every thread that calls them.</summary>
internal sealed class PredictorLoop
{
    private readonly TaskCompletionSource _end = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly RequestQueue _queue;
    private readonly BatchRunner _runner;
    private readonly TimeProvider _time;
    private long _busySince = -1;
    private volatile Exception? _fault;
    private long _lastSuccess = -1;

    public PredictorLoop(string name, RequestQueue queue, BatchRunner runner, TimeProvider time)
    {
        (_queue, _runner, _time) = (queue, runner, time);
        new Thread(Run) { IsBackground = true, Name = $"DeepGpu {PredictorException.Named(name)}" }.Start();
    }

    /// <summary>Ends when the queue is closed and empty.</summary>
    public Task End => _end.Task;

    /// <summary>What the last batch failed of; null where it did not.</summary>
    public Exception? Fault => _fault;

    /// <summary>How long the batch under way has run; null where there is none.</summary>
    public TimeSpan? BusyFor => Since(ref _busySince);

    /// <summary>How long ago a batch was computed; null where none was.</summary>
    public TimeSpan? SinceSuccess => Since(ref _lastSuccess);

    private void Run()
    {
        List<TakenRequest> batch = [];
        while (_queue.Take(batch))
        {
            if (batch.Count > 0) Run(batch);
            batch.Clear();
        }

        _end.SetResult();
    }

    private void Run(List<TakenRequest> batch)
    {
        Interlocked.Exchange(ref _busySince, _time.GetTimestamp());
        _fault = _runner.Run(batch);
        if (_fault is null) Interlocked.Exchange(ref _lastSuccess, _time.GetTimestamp());
        Interlocked.Exchange(ref _busySince, -1);
    }

    private TimeSpan? Since(ref long moment) => Interlocked.Read(ref moment) is >= 0 and var at ? _time.GetElapsedTime(at) : null;
}

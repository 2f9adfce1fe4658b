using System.Diagnostics.Metrics;
using System.Threading.Channels;
using DeepGpu.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace DeepGpu;

/// <summary>Answers requests from any number of threads with one model: they wait in a bounded queue, and one thread computes those that
/// wait together in one call.</summary>
/// <remarks>A bad request fails alone: what does not fit the model is refused before it waits, and where a batch fails, each of its
/// requests
/// is computed by itself. Requests of different shapes or types go through in different calls. Requests to a model with stateful layers are
/// computed one by one and share its states. Not for training.</remarks>
public sealed class Predictor : IDisposable, IAsyncDisposable
{
    private readonly IServableModel _model;
    private readonly PredictorOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly PredictorMeters _meters;
    private readonly RequestQueue _queue;
    private readonly PredictorLoop _loop;
    private readonly bool _ownsModel;
    private volatile bool _isStopping;
    private readonly Lazy<Task> _freed;

    /// <summary>Starts to take requests.</summary>
    /// <param name="model">The model.</param>
    /// <param name="options">How requests are queued and joined; null for the defaults.</param>
    /// <param name="name">What logs, metrics and errors call it. Default empty.</param>
    /// <param name="ownsModel">Whether the model is disposed with it. Default false.</param>
    /// <param name="logger">Where it logs; null for nowhere.</param>
    /// <param name="meters">Makes the meter; null for one of its own.</param>
    /// <param name="time">The clock of deadlines; null for the system's.</param>
    /// <exception cref="DeepGpuArgumentException">The options are not valid.</exception>
    public Predictor(IServableModel model, PredictorOptions? options = null, string name = "", bool ownsModel = false,
        ILogger<Predictor>? logger = null, IMeterFactory? meters = null, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(name);
        (_model, _ownsModel, Name) = (model, ownsModel, name);
        _options = (options ?? new()).Copy();
        if (PredictorOptionsCheck.Faults(_options).FirstOrDefault() is { } fault)
            throw new DeepGpuArgumentException(fault, nameof(options));
        (_logger, _time) = ((ILogger?)logger ?? NullLogger.Instance, time ?? TimeProvider.System);
        _queue = new(_options, _time);
        _freed = new(FreeAsync);
        _meters = new(name, meters, () => QueueLength);
        _loop = new(name, _queue, new(model, name, _options.MaxBatchSize, _meters, _logger), _time);
    }

    /// <summary>What logs, metrics and errors call it.</summary>
    public string Name { get; }

    /// <summary>How many requests wait.</summary>
    public int QueueLength => _queue.Count;

    /// <summary>Whether it takes no requests any more.</summary>
    public bool IsStopping => _isStopping;

    /// <summary>How long the call of the model that is under way has run; null where there is none.</summary>
    public TimeSpan? BusyFor => _loop.BusyFor;

    internal PredictorLoop Loop => _loop;

    internal PredictorOptions Options => _options;

    private string Named => PredictorException.Named(Name);

    /// <summary>Computes the output of a model with one input and one output.</summary>
    /// <param name="inputs">(samples, ...).</param>
    /// <param name="timeout">How long it may take until the answer; null for <see cref="PredictorOptions.Timeout"/>.</param>
    /// <param name="cancellation">Ends the request; others of its batch are answered.</param>
    /// <returns>(samples, ...).</returns>
    /// <exception cref="PredictorException">The queue is full, the time is over, or it stops.</exception>
    /// <exception cref="DeepGpuException">The inputs do not fit the model, or it cannot compute them.</exception>
    /// <exception cref="DeepGpuArgumentException">The inputs do not fit the model, or the timeout is not above 0.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public async Task<NDArray> PredictAsync(NDArray inputs, TimeSpan? timeout = null, CancellationToken cancellation = default)
        => (await PredictAsync([inputs], timeout, cancellation).ConfigureAwait(false)).Single();

    /// <summary>Computes the outputs of a model with any number of inputs and outputs.</summary>
    /// <param name="inputs">One array an input, (samples, ...).</param>
    /// <param name="timeout">How long it may take until the answer; null for <see cref="PredictorOptions.Timeout"/>.</param>
    /// <param name="cancellation">Ends the request; others of its batch are answered.</param>
    /// <returns>One array an output, (samples, ...).</returns>
    /// <inheritdoc cref="PredictAsync(NDArray, TimeSpan?, CancellationToken)" path="/exception"/>
    public Task<IReadOnlyList<NDArray>> PredictAsync(IReadOnlyList<NDArray> inputs, TimeSpan? timeout = null,
        CancellationToken cancellation = default) => AskAsync(inputs, timeout, isProbe: false, cancellation);

    /// <summary>Computes one sample and a full batch, so that the first request does not wait for what the engine prepares.</summary>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>Whether there was an example to compute.</returns>
    public async Task<bool> WarmUpAsync(CancellationToken cancellation = default)
    {
        var began = _time.GetTimestamp();
        if (Example() is not { } example) return false;
        await AskAsync(example, null, isProbe: true, cancellation).ConfigureAwait(false);
        if (_model.IsBatchable && example.All(array => array.Shape[0] == 1))
        {
            var full = JoinedBatch.Join([.. Enumerable.Repeat(example.ToArray(), _options.MaxBatchSize)]);
            await AskAsync(full, null, isProbe: true, cancellation).ConfigureAwait(false);
        }

        PredictorLog.Warm(_logger, Named, _time.GetElapsedTime(began).TotalMilliseconds);
        return true;
    }

    /// <summary>Takes no further request, answers those that wait, and stops.</summary>
    /// <param name="cancellation">When the time is over: those that still wait are refused, the call under way is left.</param>
    public async Task StopAsync(CancellationToken cancellation = default)
    {
        if (!_isStopping) PredictorLog.Stopping(_logger, Named, QueueLength);
        Close();
        try
        {
            await _loop.End.WaitAsync(cancellation).ConfigureAwait(false);
            PredictorLog.Stopped(_logger, Named);
        }
        catch (OperationCanceledException)
        {
            PredictorLog.Refused(_logger, Named, _queue.Refuse(PredictorException.Stopped(Name)));
        }
    }

    /// <summary>Refuses those that wait and returns at once; the call under way is answered, then a model of its own is
    /// disposed.</summary>
    public void Dispose()
    {
        Close();
        _queue.Refuse(PredictorException.Stopped(Name));
        _ = _freed.Value;
    }

    /// <summary>Refuses those that wait and ends after the call under way, when a model of its own is disposed.</summary>
    public async ValueTask DisposeAsync()
    {
        Dispose();
        await _freed.Value.ConfigureAwait(false);
    }

    internal async Task<IReadOnlyList<NDArray>> AskAsync(IReadOnlyList<NDArray> inputs, TimeSpan? timeout, bool isProbe,
        CancellationToken cancellation)
    {
        var allowed = timeout ?? _options.Timeout;
        if (allowed is { } time && !PredictorOptionsCheck.IsWait(time))
            throw Require.OutOfRange(nameof(Predictor), nameof(timeout), "above 0 and below 50 days", time);
        _model.CheckInputs(inputs);
        cancellation.ThrowIfCancellationRequested();
        using var request = PredictionRequest.Of(inputs, _model.IsBatchable, _time, isProbe);
        return isProbe ? await AnswerAsync(request, allowed, cancellation).ConfigureAwait(false)
            : await MeasuredAsync(request, allowed, cancellation).ConfigureAwait(false);
    }

    /// <summary>The inputs of one sample that the options give or that zeros make; null where zeros do not fit the model.</summary>
    internal IReadOnlyList<NDArray>? Example()
    {
        if (_options.Example.Count > 0) return _options.Example;
        try
        {
            NDArray[] zeros =
                [.. _model.Inputs.Select(input => NDArray.Zeros(input.Type, [.. input.Shape.Axes.Select(axis => axis ?? 1)]))];
            _model.CheckInputs(zeros);
            return zeros;
        }
        catch (Exception e) when (e is IFaultSource)
        {
            PredictorLog.NoExample(_logger, Named, e.Message);
            return null;
        }
    }

    private async Task<IReadOnlyList<NDArray>> MeasuredAsync(PredictionRequest request, TimeSpan? timeout, CancellationToken cancellation)
    {
        using var activity = _meters.Request(request.Samples);
        request.Trace = System.Diagnostics.Activity.Current?.Context ?? default;
        var outcome = "ok";
        try
        {
            return await AnswerAsync(request, timeout, cancellation).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            outcome = Outcome(e);
            activity?.SetStatus(System.Diagnostics.ActivityStatusCode.Error, outcome);
            throw;
        }
        finally
        {
            _meters.Requested(outcome, _time.GetElapsedTime(request.Arrival));
        }
    }

    private async Task<IReadOnlyList<NDArray>> AnswerAsync(PredictionRequest request, TimeSpan? timeout, CancellationToken cancellation)
    {
        request.Watch(timeout, late => PredictorException.Deadline(Name, late), _time, cancellation);
        await AddAsync(request).ConfigureAwait(false);
        return await request.Answer.ConfigureAwait(false);
    }

    private async Task AddAsync(PredictionRequest request)
    {
        if (_queue.TryAdd(request)) return;
        if (_isStopping) throw PredictorException.Stopped(Name);
        if (_options.WhenFull == QueueFullPolicy.Reject)
        {
            PredictorLog.Full(_logger, Named, _options.Capacity);
            throw PredictorException.QueueFull(Name, _options.Capacity);
        }

        try
        {
            await _queue.AddAsync(request).ConfigureAwait(false);
        }
        catch (ChannelClosedException)
        {
            throw PredictorException.Stopped(Name);
        }
    }

    private void Close()
    {
        _isStopping = true;
        _queue.Close();
    }

    private async Task FreeAsync()
    {
        await _loop.End.ConfigureAwait(false);
        _meters.Dispose();
        if (_ownsModel) _model.Dispose();
    }

    private static string Outcome(Exception cause) => cause switch
    {
        PredictorException { Reason: PredictorRefusal.QueueFull } => "rejected",
        PredictorException { Reason: PredictorRefusal.DeadlinePassed } => "deadline",
        PredictorException => "stopped",
        OperationCanceledException => "cancelled",
        _ => "failed",
    };
}

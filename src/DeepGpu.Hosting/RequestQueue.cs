using System.Threading.Channels;

namespace DeepGpu.Hosting;

/// <summary>Requests that wait, in order; one thread takes batches out.</summary>
/// <param name="options">Sizes and times.</param>
/// <param name="time">The clock.</param>
internal sealed class RequestQueue(PredictorOptions options, TimeProvider time)
{
    private readonly Channel<PredictionRequest> _channel = Channel.CreateBounded<PredictionRequest>(options.Capacity);

    private Task<bool>? _more;

    public int Count => _channel.Reader.Count;

    /// <summary>Whether the request has a place now.</summary>
    public bool TryAdd(PredictionRequest request) => _channel.Writer.TryWrite(request);

    /// <summary>Waits for a place, as long as the request's caller does.</summary>
    /// <exception cref="ChannelClosedException">No request is taken any more.</exception>
    public async Task AddAsync(PredictionRequest request)
    {
        using var over = new CancellationTokenSource();
        var adding = _channel.Writer.WriteAsync(request, over.Token).AsTask();
        if (await Task.WhenAny(adding, request.Answer).ConfigureAwait(false) != adding) await over.CancelAsync().ConfigureAwait(false);
        try
        {
            await adding.ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (request.IsOver)
        {
            // The caller gets what ended the request.
        }
    }

    /// <summary>Takes no further requests; those that wait stay.</summary>
    public void Close() => _channel.Writer.TryComplete();

    /// <summary>Ends every request that waits.</summary>
    public int Refuse(Exception cause)
    {
        var count = 0;
        for (; _channel.Reader.TryRead(out var request); count++) request.Fail(cause);
        return count;
    }

    /// <summary>Waits for requests and takes as many as make a batch; false once the queue is closed and empty.</summary>
    /// <param name="batch">Filled with those whose callers still wait; may stay empty.</param>
    public bool Take(List<TakenRequest> batch)
    {
        batch.Clear();
        if (!More().GetAwaiter().GetResult()) return false;
        for (var samples = 0; samples < options.MaxBatchSize && HasNext(batch);)
        {
            if (!_channel.Reader.TryPeek(out var next)) continue;
            if (batch.Count > 0 && samples + next.Samples > options.MaxBatchSize) break;
            if (!_channel.Reader.TryRead(out var request) || TakenRequest.Of(request) is not { } taken) continue;
            batch.Add(taken);
            samples += request.Samples;
        }

        return true;
    }

    private bool HasNext(List<TakenRequest> batch) => _channel.Reader.Count > 0 || (batch.Count > 0 && Waited(batch[0].Request.Arrival));

    /// <summary>Whether another request came before the first of the batch had waited long enough.</summary>
    private bool Waited(long arrival)
    {
        var left = options.MaxDelay - time.GetElapsedTime(arrival);
        return left > TimeSpan.Zero && More().Wait(left) && _channel.Reader.Count > 0;
    }

    /// <summary>One waiting task at a time, kept until it ends.</summary>
    private Task<bool> More()
    {
        if (_more is null or { IsCompleted: true }) _more = _channel.Reader.WaitToReadAsync().AsTask();
        return _more;
    }
}

/// <summary>A request taken out of the queue, with its arrays, which its caller may let go of at any time.</summary>
internal readonly record struct TakenRequest(PredictionRequest Request, NDArray[] Inputs)
{
    /// <summary>Null where nobody waits for the answer any more.</summary>
    public static TakenRequest? Of(PredictionRequest request)
        => request.Inputs is { Length: > 0 } inputs && !request.IsOver ? new(request, inputs) : null;
}

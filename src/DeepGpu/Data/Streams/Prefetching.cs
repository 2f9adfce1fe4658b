using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using DeepGpu.Runtime;

namespace DeepGpu.Data;

/// <summary>Reads a sequence on a background thread, a bounded number of items ahead of its user.</summary>
internal static class Prefetching
{
    /// <summary>The same sequence. Leaving it early, or cancelling, ends the thread before the call returns; the end of the process ends it
    /// too.</summary>
    /// <param name="read">The sequence; the token ends it.</param>
    /// <param name="ahead">How many items may wait; 0 reads in the caller's thread.</param>
    /// <param name="discard">Frees an item nobody will use; null where there is nothing to free.</param>
    /// <param name="cancellation">Ends it.</param>
    public static IEnumerable<T> Run<T>(Func<CancellationToken, IEnumerable<T>> read, int ahead, Action<T>? discard,
        CancellationToken cancellation)
        => ahead == 0 ? read(cancellation) : InBackground(read, ahead, discard, cancellation);

    private static IEnumerable<T> InBackground<T>(Func<CancellationToken, IEnumerable<T>> read, int ahead, Action<T>? discard,
        CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation, ProcessEnd.Token);
        using var queue = new BlockingCollection<T>(ahead);
        var reader = Task.Factory.StartNew(() => Fill(read, queue, discard, stop.Token), CancellationToken.None,
            TaskCreationOptions.LongRunning, TaskScheduler.Default);
        try
        {
            while (queue.TryTake(out var item, Timeout.Infinite, cancellation)) yield return item;
            if (reader.Result is { } error) Throw(error);
        }
        finally
        {
            stop.Cancel();
            ((IAsyncResult)reader).AsyncWaitHandle.WaitOne();
            while (queue.TryTake(out var item)) discard?.Invoke(item);
        }
    }

    private static ExceptionDispatchInfo? Fill<T>(Func<CancellationToken, IEnumerable<T>> read, BlockingCollection<T> queue,
        Action<T>? discard, CancellationToken token)
    {
        ProcessEnd.Join();
        try
        {
            foreach (var item in read(token)) Add(queue, item, discard, token);
            return null;
        }
        catch (Exception e)
        {
            return ExceptionDispatchInfo.Capture(e);
        }
        finally
        {
            queue.CompleteAdding();
            ProcessEnd.Leave();
        }
    }

    private static void Throw(ExceptionDispatchInfo error)
    {
        ProcessEnd.Hold();
        error.Throw();
    }

    private static void Add<T>(BlockingCollection<T> queue, T item, Action<T>? discard, CancellationToken token)
    {
        try
        {
            queue.Add(item, token);
        }
        catch (OperationCanceledException)
        {
            discard?.Invoke(item);
            throw;
        }
    }
}

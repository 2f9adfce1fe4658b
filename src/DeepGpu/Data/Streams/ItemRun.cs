using DeepGpu.Runtime;

namespace DeepGpu.Data;

/// <summary>Computes the items of a pass, in order, on one thread or several.</summary>
internal static class ItemRun
{
    /// <summary>The items in the order of the pass, whatever the number of workers; left-out items are left out.</summary>
    /// <param name="items">The items, not computed yet.</param>
    /// <param name="workers">How many are computed at a time: 1 computes each when it is asked for.</param>
    /// <param name="ahead">How many may be computed before they are asked for.</param>
    /// <param name="cancellation">Ends it.</param>
    public static IEnumerable<T> Run<T>(IEnumerable<Pending<T>> items, int workers, int ahead, CancellationToken cancellation)
        where T : class
        => (workers == 1 ? OneByOne(items, cancellation) : InParallel(items, workers, Math.Max(ahead, workers), cancellation)).OfType<T>();

    private static IEnumerable<T?> OneByOne<T>(IEnumerable<Pending<T>> items, CancellationToken cancellation)
        where T : class
    {
        foreach (var item in items)
        {
            cancellation.ThrowIfCancellationRequested();
            yield return item.Run();
        }
    }

    private static IEnumerable<T?> InParallel<T>(IEnumerable<Pending<T>> items, int workers, int ahead, CancellationToken cancellation)
        where T : class
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var scheduler = new ConcurrentExclusiveSchedulerPair(TaskScheduler.Default, workers).ConcurrentScheduler;
        var window = new Queue<Task<T?>>();
        using var source = items.GetEnumerator();
        try
        {
            while (true)
            {
                while (window.Count < ahead && source.MoveNext()) window.Enqueue(Start(source.Current, scheduler, stop.Token));
                if (!window.TryDequeue(out var next)) yield break;
                yield return next.GetAwaiter().GetResult();
            }
        }
        finally
        {
            stop.Cancel();
            WaitFor(window);
        }
    }

    private static Task<T?> Start<T>(Pending<T> item, TaskScheduler scheduler, CancellationToken token)
        where T : class => Task.Factory.StartNew(() => Run(item), token, TaskCreationOptions.DenyChildAttach, scheduler);

    /// <summary>Makes an item as part of the reading: what it calls of this library is not refused while the process ends.</summary>
    private static T? Run<T>(Pending<T> item)
        where T : class
    {
        ProcessEnd.Join();
        try
        {
            return item.Run();
        }
        finally
        {
            ProcessEnd.Leave();
        }
    }

    /// <summary>Returns once nothing runs any more; what the items threw does not matter then.</summary>
    private static void WaitFor(IEnumerable<Task> tasks)
    {
        foreach (var task in tasks) ((IAsyncResult)task).AsyncWaitHandle.WaitOne();
    }
}

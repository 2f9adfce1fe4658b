namespace DeepGpu.Runtime;

/// <summary>The end of the process. Calls that use native code are counted, so that the process ends between them and never under
/// one.</summary>
/// <remarks>
/// libtorch's destructors run when a process exits, and a thread that computes meanwhile reads what they freed. So on
/// <see cref="AppDomain.ProcessExit"/> new calls are refused, trainings and streams end after what they are at, and other calls are waited
/// for.
/// If one lasts longer, the process ends without those destructors.
/// </remarks>
internal static class ProcessEnd
{
    /// <summary>How long calls under way are waited for.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private static readonly CancellationTokenSource Ending = new();
    private static int _running;
    private static int _endingThread;
    private static volatile bool _hasBegun;

    [ThreadStatic]
    private static int _depth;

    static ProcessEnd() => AppDomain.CurrentDomain.ProcessExit += (_, _) => Await();

    /// <summary>Cancelled when the process begins to end.</summary>
    public static CancellationToken Token => Ending.Token;

    /// <summary>Whether the process is ending.</summary>
    public static bool HasBegun => _hasBegun;

    private static bool IsEndingThread => _hasBegun && Environment.CurrentManagedThreadId == _endingThread;

    /// <summary>A call begins on this thread, or one inside it; <see cref="Leave"/> ends it.</summary>
    /// <exception cref="ModelStateException">The process is ending.</exception>
    public static void Enter()
    {
        Join();
        if (!_hasBegun || (_depth > 1 && !IsEndingThread)) return;
        Leave();
        Hold();
        throw Refused();
    }

    /// <summary>Makes a call.</summary>
    /// <exception cref="ModelStateException">The process is ending.</exception>
    public static T During<T>(Func<T> call)
    {
        Enter();
        try
        {
            return call();
        }
        finally
        {
            Leave();
        }
    }

    /// <summary>As <see cref="Enter"/>, for work that belongs to a call under way and is never refused.</summary>
    public static void Join()
    {
        if (_depth++ == 0) Interlocked.Increment(ref _running);
    }

    /// <summary>Ends what began last on this thread.</summary>
    public static void Leave()
    {
        if (--_depth == 0) Interlocked.Decrement(ref _running);
    }

    /// <summary>Once the process is ending, keeps a thread from returning an error that nobody could handle in time; it ends with the
    /// process meanwhile.</summary>
    /// <remarks>It waits for a bounded time, for whoever ends the process may wait for this thread.</remarks>
    public static void Hold()
    {
        if (_hasBegun && _depth == 0 && !IsEndingThread) Thread.Sleep(2 * Patience);
    }

    /// <summary>The thread that ends the process may itself be inside a call: it does not wait for that one.</summary>
    private static void Await()
    {
        _endingThread = Environment.CurrentManagedThreadId;
        _hasBegun = true;
        Interlocked.MemoryBarrier();
        Ending.CancelAsync();
        var own = _depth > 0 ? 1 : 0;
        if (!SpinWait.SpinUntil(() => Volatile.Read(ref _running) <= own, Patience)) ExitHandlers.SkipDestructors();
    }

    private static ModelStateException Refused() => new(new(
        "process_ending",
        "Nothing new begins once the process is ending,",
        "but a call of this library does.",
        "Save models before Main returns or Environment.Exit is called."));
}

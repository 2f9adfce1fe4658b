namespace DeepGpu;

/// <summary>Keeps the weights of a model whole: any number of passes read them, or one call writes them. A thread may enter
/// again.</summary>
internal sealed class WeightGate : IDisposable
{
    private static long _made;

    private readonly ReaderWriterLockSlim _lock = new(LockRecursionPolicy.SupportsRecursion);
    private readonly long _number = Interlocked.Increment(ref _made);

    /// <summary>Reads: what is seen is the weights between two changes.</summary>
    public Held Read()
    {
        _lock.EnterReadLock();
        return new(_lock, isWriting: false);
    }

    /// <summary>Writes: nobody reads meanwhile.</summary>
    /// <exception cref="ModelStateException">The thread is reading.</exception>
    public Held Write()
    {
        RefuseInPass();
        _lock.EnterWriteLock();
        return new(_lock, isWriting: true);
    }

    /// <summary>Writes here and reads there; two calls that do so in opposite directions do not wait for each other for ever.</summary>
    public (Held First, Held Second) WriteAndRead(WeightGate source)
    {
        if (_number <= source._number) return (Write(), source.Read());
        var read = source.Read();
        return (read, Write());
    }

    /// <summary>Refuses a thread that is reading: code of a user's in a pass wants to change the weights that the pass uses.</summary>
    public void RefuseInPass()
    {
        if (_lock.IsReadLockHeld && !_lock.IsWriteLockHeld) throw InPass();
    }

    public void Dispose() => _lock.Dispose();

    private static ModelStateException InPass() => new(new(
        "weights_in_use",
        "Weights are changed between passes over the model,",
        "but a function that runs within one (a loss, a metric, a layer) changes them.",
        "Change them in a callback, or after the call."));

    /// <summary>The gate as this thread holds it; disposing lets go.</summary>
    public readonly struct Held(ReaderWriterLockSlim? gate, bool isWriting) : IDisposable
    {
        public void Dispose()
        {
            if (isWriting) gate?.ExitWriteLock();
            else gate?.ExitReadLock();
        }
    }
}

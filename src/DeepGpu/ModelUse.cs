namespace DeepGpu;

/// <summary>Counts the calls that use a model, so that it is freed only after the last one has ended.</summary>
internal sealed class ModelUse(Action free)
{
    private readonly Lock _lock = new();
    private int _running;
    private bool _closed;

    /// <summary>Begins a use; dispose what it returns to end it.</summary>
    /// <exception cref="ObjectDisposedException">The model has been disposed.</exception>
    public IDisposable Enter(object owner)
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_closed, owner);
            _running++;
        }

        return new Use(this);
    }

    /// <summary>Allows no further use, and frees at once or after the last one.</summary>
    public void Close()
    {
        lock (_lock)
        {
            if (_closed) return;
            _closed = true;
            if (_running > 0) return;
        }

        free();
    }

    private void Exit()
    {
        lock (_lock)
        {
            if (--_running > 0 || !_closed) return;
        }

        free();
    }

    private sealed class Use(ModelUse owner) : IDisposable
    {
        public void Dispose() => owner.Exit();
    }
}

namespace DeepGpu.Training;

/// <summary>The callbacks of one training: each remembers where it is, so that no other training may have it at the same time.</summary>
internal sealed class CallbackUse : IDisposable
{
    private readonly IReadOnlyList<Callback> _callbacks;

    /// <summary>Takes them, all or none.</summary>
    /// <exception cref="ModelStateException">Another training has one of them.</exception>
    public CallbackUse(IReadOnlyList<Callback> callbacks)
    {
        _callbacks = callbacks;
        if (callbacks.FirstOrDefault(callback => !callback.Begin(this)) is not { } taken) return;
        Dispose();
        throw InUse(taken);
    }

    public void Dispose()
    {
        foreach (var callback in _callbacks) callback.End(this);
    }

    private static ModelStateException InUse(Callback taken) => new(new(
        "callback_in_use",
        "A callback serves one training at a time,",
        $"but {taken.GetType().Name} already serves another one.",
        "Give each training callbacks of its own."));
}

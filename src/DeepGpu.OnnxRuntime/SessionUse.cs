using Microsoft.ML.OnnxRuntime;

namespace DeepGpu.OnnxRuntime;

/// <summary>A session that is freed after the last call that uses it.</summary>
internal sealed class SessionUse(InferenceSession session) : IDisposable
{
    private int _uses = 1;
    private int _isClosed;

    /// <summary>Runs something with the session; throws where it is closed.</summary>
    public T Run<T>(Func<InferenceSession, T> use)
    {
        Begin();
        try
        {
            return use(session);
        }
        finally
        {
            End();
        }
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isClosed, 1) == 0) End();
    }

    private void Begin()
    {
        while (true)
        {
            var uses = Volatile.Read(ref _uses);
            ObjectDisposedException.ThrowIf(uses == 0 || Volatile.Read(ref _isClosed) == 1, typeof(OnnxPredictor));
            if (Interlocked.CompareExchange(ref _uses, uses + 1, uses) == uses) return;
        }
    }

    private void End()
    {
        if (Interlocked.Decrement(ref _uses) == 0) session.Dispose();
    }
}

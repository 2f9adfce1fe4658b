using System.Text.Json.Nodes;
using DeepGpu.Runtime;
using DeepGpu.Training;

namespace DeepGpu;

/// <summary>Is called at the turns of training. Override what you need. Keras: https://keras.io/api/callbacks/</summary>
/// <remarks>An exception ends training: it arrives as the inner exception of a <see cref="CallbackException"/>, and nothing native is left.
/// One training at a time may have a callback: what it remembers is of that training.</remarks>
public abstract class Callback
{
    private CallbackUse? _training;

    /// <summary>The key under which callbacks log the learning rate.</summary>
    private protected const string LearningRate = "learning_rate";

    /// <summary>What it adds to the logs of an epoch, so that other callbacks may watch it; null where that is not said: then any name may
    /// be watched. Default null.</summary>
    protected internal virtual IReadOnlyCollection<string>? AddedLogs => null;

    /// <summary>Whether only the first of several processes calls it, because it writes files: see <see cref="DataParallel"/>.
    /// Default false.</summary>
    protected internal virtual bool IsForFirstRank => false;

    /// <summary>Training is about to begin: weights and data are ready.</summary>
    public virtual void OnTrainBegin(TrainingContext context)
    {
    }

    /// <summary>An epoch begins.</summary>
    public virtual void OnEpochBegin(TrainingContext context)
    {
    }

    /// <summary>A step begins.</summary>
    public virtual void OnBatchBegin(TrainingContext context)
    {
    }

    /// <summary>A step was taken. Reading logs here waits for the device.</summary>
    public virtual void OnBatchEnd(TrainingContext context)
    {
    }

    /// <summary>Measuring on the validation data begins.</summary>
    public virtual void OnTestBegin(TrainingContext context)
    {
    }

    /// <summary>Measuring on the validation data is over.</summary>
    public virtual void OnTestEnd(TrainingContext context)
    {
    }

    /// <summary>An epoch is over, validation included.</summary>
    /// <param name="context">Where training is, and what may be changed.</param>
    /// <param name="logs">Losses and metrics of the epoch; a callback may add to them.</param>
    public virtual void OnEpochEnd(TrainingContext context, IDictionary<string, double> logs)
    {
    }

    /// <summary>Training is over: all epochs done, or stopped. Not called after an exception or a cancellation.</summary>
    public virtual void OnTrainEnd(TrainingContext context)
    {
    }

    /// <summary>What a checkpoint must keep for this callback to go on as if nothing had happened; null for nothing.</summary>
    public virtual CallbackState? SaveState() => null;

    /// <summary>Takes back what <see cref="SaveState"/> gave.</summary>
    public virtual void RestoreState(CallbackState state)
    {
    }

    /// <summary>Looks for a state to go on from, before anything begins; null for none.</summary>
    internal virtual Checkpoint? Find(TrainingContext context) => null;

    /// <summary>Every callback has seen the turn: what is written now holds the state of all of them.</summary>
    /// <param name="context">Where training is; between two epochs batch 0 of the next one.</param>
    /// <param name="turn">What happened last.</param>
    internal virtual void OnTurn(TrainingContext context, TrainingTurn turn)
    {
    }

    /// <summary>A training takes the callback. False if another one has it.</summary>
    internal bool Begin(CallbackUse training) => (Interlocked.CompareExchange(ref _training, training, null) ?? training) == training;

    /// <summary>A training that has the callback gives it back.</summary>
    internal void End(CallbackUse training) => Interlocked.CompareExchange(ref _training, null, training);

    /// <summary>Fit returns or throws: nothing may stay open.</summary>
    /// <param name="isFinished">Whether it returns.</param>
    internal virtual void OnExit(bool isFinished)
    {
    }
}

/// <summary>What happened last in training.</summary>
internal enum TrainingTurn
{
    Batch,
    Epoch,
    Interruption,

    /// <summary>The last epoch is over; what follows changes weights for use, not for training.</summary>
    End,
}

/// <summary>What a callback remembers between turns.</summary>
/// <param name="Values">Numbers and texts.</param>
/// <param name="Arrays">Arrays by name; none for a callback that keeps none.</param>
public sealed record CallbackState(JsonObject Values, IReadOnlyDictionary<string, NDArray>? Arrays = null);

/// <summary>A callback, or who is told of the progress, threw; training stopped.</summary>
public sealed class CallbackException(Fault fault, Exception innerException) : DeepGpuException(fault, innerException)
{
    internal static CallbackException Of(object callback, Exception cause) => new(
        new("callback", "A callback must not throw,", $"but {callback.GetType().Name} did: {TorchText.Of(cause)}",
            "See the inner exception."),
        cause);

    /// <summary>Calls a user's code. Its exceptions become the inner ones, but for cancellations and this library's own.</summary>
    internal static void Guard(object callback, Action call)
    {
        try
        {
            call();
        }
        catch (Exception e) when (e is not OperationCanceledException and not IFaultSource)
        {
            throw Of(callback, e);
        }
    }
}

namespace DeepGpu;

/// <summary>Why a <see cref="Predictor"/> did not answer.</summary>
public enum PredictorRefusal
{
    /// <summary>The queue was full; code queue_full. HTTP's 503 or 429.</summary>
    QueueFull,

    /// <summary>The deadline passed before the answer; code deadline_passed. HTTP's 504.</summary>
    DeadlinePassed,

    /// <summary>The predictor stops or has stopped; code predictor_stopped. HTTP's 503.</summary>
    Stopped,
}

/// <summary>A <see cref="Predictor"/> did not answer a request. A fault of the request or of the model has an exception of its
/// own.</summary>
public sealed class PredictorException : DeepGpuException
{
    private PredictorException(PredictorRefusal reason, Fault fault)
        : base(fault) => Reason = reason;

    /// <summary>Why.</summary>
    public PredictorRefusal Reason { get; }

    internal static PredictorException QueueFull(string name, int capacity) => new(PredictorRefusal.QueueFull, new(
        "queue_full", "A request needs a place in the queue,", $"but all {capacity} of {Named(name)} are taken.",
        "Try again later, raise PredictorOptions.Capacity, or set WhenFull to Wait."));

    internal static PredictorException Deadline(string name, TimeSpan timeout) => new(PredictorRefusal.DeadlinePassed, new(
        "deadline_passed", "A request must be answered before its deadline,",
        FormattableString.Invariant($"but {Named(name)} gave no answer in {timeout.TotalSeconds:0.###} s."),
        "Allow more time, or send fewer requests at once."));

    internal static PredictorException Stopped(string name) => new(PredictorRefusal.Stopped, new(
        "predictor_stopped", "Requests are taken while the predictor runs,", $"but {Named(name)} stops or has stopped.",
        "Send the request to another server, or start again."));

    internal static string Named(string name) => name.Length == 0 ? "the predictor" : $"predictor '{name}'";
}

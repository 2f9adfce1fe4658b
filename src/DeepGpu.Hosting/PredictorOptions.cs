namespace DeepGpu;

/// <summary>How a <see cref="Predictor"/> queues and joins requests. Read once, when the predictor is made.</summary>
public sealed class PredictorOptions
{
    /// <summary>The most samples that one call of the model gets. Default 32. A request with more runs by itself, in parts of this
    /// size.</summary>
    public int MaxBatchSize { get; set; } = 32;

    /// <summary>How long a request waits for others to join it, at most; 0 (the default) takes what is queued when the model becomes free.
    /// Counted in whole milliseconds from its arrival.</summary>
    public TimeSpan MaxDelay { get; set; }

    /// <summary>How many requests may wait. Default 1,000. A cancelled one keeps its place until the queue passes it.</summary>
    public int Capacity { get; set; } = 1_000;

    /// <summary>What happens to a request where the queue is full. Default <see cref="QueueFullPolicy.Reject"/>.</summary>
    public QueueFullPolicy WhenFull { get; set; }

    /// <summary>How long a request may take from call to answer, where the call does not say; null (the default) sets no end.</summary>
    public TimeSpan? Timeout { get; set; }

    /// <summary>Whether one sample and a full batch are computed before a host starts to take requests. Default true.</summary>
    public bool WarmUp { get; set; } = true;

    /// <summary>When a batch has run for so long, the health check says that the predictor is stuck. Default 30 seconds.</summary>
    public TimeSpan StuckAfter { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The inputs of one sample, (1, ...) each, with which the model is warmed up and checked. Default none: zeros of the model's
    /// shapes, open lengths 1.</summary>
    public IReadOnlyList<NDArray> Example { get; set; } = [];

    /// <summary>The model's file, for models that configuration names: any that <see cref="Model.Load"/> reads.</summary>
    public string? Path { get; set; }

    /// <summary>Where a model of <see cref="Path"/> runs: "best" (the default), "cpu", "cuda" or "cuda:1".</summary>
    public string Device { get; set; } = "best";

    internal PredictorOptions Copy() => (PredictorOptions)MemberwiseClone();
}

/// <summary>What happens to a request where the queue is full.</summary>
public enum QueueFullPolicy
{
    /// <summary>It fails at once: <see cref="PredictorRefusal.QueueFull"/>.</summary>
    Reject,

    /// <summary>It waits for a place, until its deadline or cancellation.</summary>
    Wait,
}

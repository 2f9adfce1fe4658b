namespace DeepGpu.Hardware;

/// <summary>What a card is chosen to do well.</summary>
public enum WorkloadGoal
{
    /// <summary>Samples trained a second.</summary>
    TrainingThroughput,

    /// <summary>Samples answered a second, in large batches.</summary>
    InferenceThroughput,

    /// <summary>Time to one answer.</summary>
    InferenceLatency,
}

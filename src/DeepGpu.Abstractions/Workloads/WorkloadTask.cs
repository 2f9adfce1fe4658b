namespace DeepGpu;

/// <summary>What is done with a model.</summary>
public enum WorkloadTask
{
    /// <summary>Forward, backward and an optimizer step.</summary>
    Training,

    /// <summary>Forward only.</summary>
    Inference,
}

namespace DeepGpu;

/// <summary>Data does not fit the model or the loss. Thrown before anything native sees it.</summary>
public sealed class TrainingDataException : DeepGpuException
{
    /// <summary>Makes an exception from a fault.</summary>
    public TrainingDataException(Fault fault)
        : base(fault)
    {
    }
}

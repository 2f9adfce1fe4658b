namespace DeepGpu;

/// <summary>A checkpoint cannot be written, found or used.</summary>
public class CheckpointException(Fault fault, Exception? innerException = null) : DeepGpuException(fault, innerException);

/// <summary>A checkpoint was made by another training than the one that would continue.</summary>
public sealed class CheckpointMismatchException : CheckpointException
{
    internal CheckpointMismatchException(string path, IReadOnlyList<string> differences)
        : base(new(
            "checkpoint_mismatch",
            "Training continues only from a checkpoint of the same model, optimizer, data and options,",
            $"but '{path}' differs: {string.Join("; ", differences)}.",
            "Call Fit as it was called before, or choose another folder to start from the beginning."))
        => Differences = differences;

    /// <summary>What differs, one line each.</summary>
    public IReadOnlyList<string> Differences { get; }
}

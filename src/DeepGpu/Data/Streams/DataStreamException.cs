using DeepGpu.Runtime;

namespace DeepGpu;

/// <summary>A sample of a stream could not be made: the sample is named, the cause is inside.</summary>
public sealed class DataStreamException : DeepGpuException
{
    private DataStreamException(Fault fault, long index, string? name, Exception cause)
        : base(fault, cause) => (SampleIndex, SampleName) = (index, name);

    /// <summary>The sample's number in its source, from 0.</summary>
    public long SampleIndex { get; }

    /// <summary>What the sample is called, e.g. its file's path; null where it has only a number.</summary>
    public string? SampleName { get; }

    internal static DataStreamException Of(long index, string? name, Exception cause) => cause as DataStreamException ?? new(
        new(
            "sample_failed",
            "Every sample of a stream must be made without an error,",
            $"but sample {index}{(name is null ? "" : $" ({StrictJson.Printable(name)})")} failed: {TorchText.Of(cause)}",
            "Correct or remove what it is made from, or change the function that makes it."),
        index,
        name,
        cause);
}

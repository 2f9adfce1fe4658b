using System.Runtime.InteropServices;

namespace DeepGpu;

/// <summary>Tells a failed allocation of torch from other errors.</summary>
internal static class OutOfMemory
{
    private static readonly string[] Texts =
    [
        "CUDA out of memory", "HIP out of memory", "CUDA error: out of memory", "MPS backend out of memory",
        "CUBLAS_STATUS_ALLOC_FAILED", "CUDNN_STATUS_ALLOC_FAILED",
        "DefaultCPUAllocator: can't allocate memory", "DefaultCPUAllocator: not enough memory",
    ];

    public static bool Is(Exception e)
        => e is AllocationException || e is ExternalException && Texts.Any(text => e.Message.Contains(text, StringComparison.Ordinal));

    public static OutOfGpuMemoryException AtOneSample(Exception cause) => new(
        new(
            "out_of_memory",
            "A step needs memory for at least one sample,",
            $"but one sample did not fit: {TorchText.Of(cause)}",
            "Use a smaller model or input, half precision, or a card with more memory; deepgpu forecast tells which."),
        cause);

    public static OutOfGpuMemoryException InUpdate(Exception cause) => new(
        new(
            "out_of_memory_in_update",
            "The update of the weights needs memory of its own, however small the batch is,",
            $"but it did not fit when some weights may have changed already: {TorchText.Of(cause)}",
            "Go on from a checkpoint or reload the weights, with an optimizer that needs less memory: Adam works in place."),
        cause);

    public static OutOfGpuMemoryException OfStatefulLayers(Exception cause) => new(
        new(
            "out_of_memory_stateful",
            "A model whose recurrent layers keep states is run on whole batches,",
            $"but one did not fit into memory: {TorchText.Of(cause)}",
            "Use a smaller batch."),
        cause);

    /// <summary>Memory that ran out where no smaller part can be tried.</summary>
    public static OutOfGpuMemoryException In(string call, Exception cause) => new(
        new(
            "out_of_memory",
            $"{call} needs memory for what it makes,",
            $"but there was not enough: {TorchText.Of(cause)}",
            "Use a smaller model, smaller batches or less data at a time; a DataStream does not hold all samples."),
        cause);

    /// <summary>A tensor that no array can hold.</summary>
    public static OutOfGpuMemoryException InArray(long bytes, string shape) => new(new(
        "array_too_large",
        "An array in memory has at most 2 GiB,",
        $"but one of shape {shape} takes {ByteSize.FromBytes(bytes)}.",
        "Predict fewer samples at a time, or use smaller weights."));

    /// <summary>Memory that was not asked for because the device does not have it.</summary>
    public static OutOfGpuMemoryException Beforehand(string what, long needed, FreeMemory free) => new(new(
        "not_enough_memory",
        $"{what} of {ByteSize.FromBytes(needed)} must fit into memory,",
        $"but {free.Where} has {ByteSize.FromBytes(free.Bytes)} ({free.Source}).",
        "Use a smaller model or less data, or a device with more memory; nothing was allocated."));
}

/// <summary>Something does not fit into the device's memory: the weights, the data, a step with even one sample, or what does not depend on
/// the number of samples.</summary>
public sealed class OutOfGpuMemoryException(Fault fault, Exception? innerException = null) : DeepGpuException(fault, innerException);

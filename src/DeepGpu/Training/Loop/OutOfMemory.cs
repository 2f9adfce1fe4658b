using System.Runtime.InteropServices;

namespace DeepGpu;

/// <summary>Tells a failed allocation of torch from other errors.</summary>
internal static class OutOfMemory
{
    private static readonly string[] Texts = ["CUDA out of memory", "HIP out of memory", "DefaultCPUAllocator: can't allocate memory", "DefaultCPUAllocator: not enough memory"];

    public static bool Is(Exception e) => e is ExternalException && Texts.Any(text => e.Message.Contains(text, StringComparison.Ordinal));

    public static OutOfGpuMemoryException AtOneSample(Exception cause) => new(
        new(
            "out_of_memory",
            "A step needs memory for at least one sample,",
            $"but one sample did not fit: {cause.Message.Split('\n')[0]}",
            "Use a smaller model or input, half precision, or a card with more memory; deepgpu forecast tells which."),
        cause);

    public static OutOfGpuMemoryException InUpdate(Exception cause) => new(
        new(
            "out_of_memory_in_update",
            "The update of the weights needs memory of its own, however small the batch is,",
            $"but it did not fit when some weights may have changed already: {cause.Message.Split('\n')[0]}",
            "Go on from a checkpoint or reload the weights, with an optimizer that needs less memory: Adam works in place."),
        cause);

    public static OutOfGpuMemoryException OfStatefulLayers(Exception cause) => new(
        new(
            "out_of_memory_stateful",
            "A model whose recurrent layers keep states is trained on whole batches,",
            $"but one did not fit into memory: {cause.Message.Split('\n')[0]}",
            "Use a smaller batch."),
        cause);
}

/// <summary>Not even one sample fits into the device's memory.</summary>
public sealed class OutOfGpuMemoryException(Fault fault, Exception? innerException = null) : DeepGpuException(fault, innerException);

using TorchSharp;

namespace DeepGpu.Tests;

/// <summary>The tensors that hold native memory.</summary>
internal static class LiveTensors
{
    /// <summary>How many there are once finalizers have freed what earlier tests left to them.</summary>
    public static long Count()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return torch.Tensor.TotalCount;
    }
}

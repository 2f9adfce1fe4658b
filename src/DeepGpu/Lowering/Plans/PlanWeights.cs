using DeepGpu.Models;
using TorchSharp;

namespace DeepGpu.Lowering;

/// <summary>Where the numbers of weights lie. A weight's memory stays the same as long as its model: all that changes it writes into
/// it.</summary>
internal static unsafe class PlanWeights
{
    /// <summary>Whether a plan can read a weight: on the processor, in single precision, as its layer computes.</summary>
    public static bool Serve(params ReadOnlySpan<LiveWeight?> weights)
    {
        foreach (var weight in weights)
        {
            if (weight is not null && !(weight.Tensor.device_type == DeviceType.CPU && weight.Tensor.dtype == torch.ScalarType.Float32
                && weight.ComputesAsKept)) return false;
        }

        return true;
    }

    /// <summary>The first number of a weight; of a kernel of 4 axes in the order (filters, height, width, channels). 0 for none.</summary>
    public static nint Of(LiveWeight? weight)
    {
        if (weight is null) return 0;
        using var noGradient = torch.no_grad();
        using var ordered = weight.Tensor.dim() == 4 ? weight.Tensor.permute(0, 2, 3, 1) : weight.Tensor.alias();
        fixed (byte* start = ordered.bytes) return (nint)start;
    }
}

/// <summary>A layer whose weights a plan can read.</summary>
internal interface IPlannedLayer
{
    /// <summary>The layer's step; null where its options need torch.</summary>
    /// <param name="input">The input's shape, the batch first.</param>
    /// <param name="output">The output's shape.</param>
    PlanStep? Plan(Shape input, Shape output);
}

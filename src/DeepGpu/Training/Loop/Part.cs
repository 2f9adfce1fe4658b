using DeepGpu.Data;
using DeepGpu.Losses;
using DeepGpu.Operations;
using DeepGpu.Replicas;
using TorchSharp;

namespace DeepGpu.Training;

/// <summary>How much of a batch a part of it is.</summary>
/// <param name="Share">Its share of the samples.</param>
/// <param name="WeightShare">Its share of the sum of weights, on the device; null where there are none.</param>
/// <param name="Whole">Sums over the whole batch, where other processes have the other parts; else null.</param>
internal readonly record struct Part(double Share, torch.Tensor? WeightShare, WholeSums? Whole = null)
{
    public static Part Of(TensorBatch part, TensorBatch whole, int output, JointPass? joint = null)
    {
        if (joint is not null) return new(joint.IsIdle ? 1 : (double)part.Size / whole.Size, null, new(joint.Total));
        if (part.Size == whole.Size) return new(1, null);
        var weights = part.WeightsOf(output);
        return new((double)part.Size / whole.Size,
            weights is null ? null : Floats.DivideNoNan(weights.sum(), whole.WeightsOf(output)!.sum()));
    }
}

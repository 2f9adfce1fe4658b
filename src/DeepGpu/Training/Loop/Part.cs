using DeepGpu.Data;
using DeepGpu.Operations;
using TorchSharp;

namespace DeepGpu.Training;

/// <summary>How much of a batch a part of it is.</summary>
/// <param name="Share">Its share of the samples.</param>
/// <param name="WeightShare">Its share of the sum of weights, on the device; null where there are none.</param>
internal readonly record struct Part(double Share, torch.Tensor? WeightShare)
{
    public static Part Of(TensorBatch part, TensorBatch whole, int output)
    {
        if (part.Size == whole.Size) return new(1, null);
        var weights = part.WeightsOf(output);
        return new((double)part.Size / whole.Size,
            weights is null ? null : Floats.DivideNoNan(weights.sum(), whole.WeightsOf(output)!.sum()));
    }
}

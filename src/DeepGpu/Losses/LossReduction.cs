using DeepGpu.Operations;
using TorchSharp;

namespace DeepGpu.Losses;

/// <summary>Weighs the losses of samples and makes one number of them.</summary>
internal static class LossReduction
{
    /// <summary>The weighed and reduced losses, in the losses' format.</summary>
    public static torch.Tensor Apply(torch.Tensor losses, torch.Tensor? weights, torch.Tensor? mask, Reduction reduction,
        WholeSums? whole = null)
    {
        var all = SampleWeights.Combined(weights?.to(losses.dtype), Rescaled(mask?.to(losses.dtype), reduction, whole));
        if (all is null) return Reduce(losses, null, reduction, whole);
        var aligned = SampleWeights.Aligned(all, losses);
        return Reduce(losses * aligned, SampleWeights.Repeated(all, aligned, losses), reduction, whole);
    }

    /// <summary>A mean is over what the mask keeps: those entries weigh all / kept, the others 0.</summary>
    private static torch.Tensor? Rescaled(torch.Tensor? mask, Reduction reduction, WholeSums? whole)
        => mask is not null && IsPlainMean(reduction) ? Floats.DivideNoNan(mask * Number(mask.NumberOfElements), Whole(mask.sum(),
            whole)) : mask;

    private static torch.Tensor Reduce(torch.Tensor losses, torch.Tensor? weights, Reduction reduction, WholeSums? whole)
    {
        if (reduction == Reduction.None || losses.dim() == 0) return losses.alias();
        if (reduction == Reduction.Sum) return losses.sum();
        return weights is null || IsPlainMean(reduction) ? losses.mean() : Floats.DivideNoNan(losses.sum(), Whole(weights.sum(), whole));
    }

    private static torch.Tensor Whole(torch.Tensor sum, WholeSums? whole) => whole is null ? sum : whole.Of(sum);

    private static bool IsPlainMean(Reduction reduction) => reduction is Reduction.SumOverBatchSize or Reduction.Mean;
}

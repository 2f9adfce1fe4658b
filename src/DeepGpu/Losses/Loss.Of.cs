using TorchSharp;

namespace DeepGpu;

/// <content>Losses that a user wrote.</content>
public abstract partial class Loss
{
    /// <summary>A loss of your own as a function.</summary>
    /// <param name="name">The name in messages and logs.</param>
    /// <param name="perSample">Makes the loss of each sample, (batch) or (batch, ...), from target and output. Torch differentiates
    /// it.</param>
    /// <param name="reduction">How the losses of samples become one number. Default their mean.</param>
    public static Loss Of(
        string name, Func<torch.Tensor, torch.Tensor, torch.Tensor> perSample, Reduction reduction = Reduction.SumOverBatchSize)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(perSample);
        return new DelegateLoss(name, perSample) { Reduction = reduction };
    }
}

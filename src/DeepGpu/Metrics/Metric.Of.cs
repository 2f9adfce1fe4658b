using TorchSharp;

namespace DeepGpu;

/// <content>Metrics of losses, and that a user wrote.</content>
public abstract partial class Metric
{
    /// <summary>The mean of a loss over samples.</summary>
    /// <param name="loss">The loss.</param>
    public static LossMetric Of(Loss loss) => new(loss);

    /// <summary>A metric of your own as a function, its mean over samples.</summary>
    /// <param name="name">The key in the history.</param>
    /// <param name="perSample">Makes a number for each sample, (batch) or (batch, ...), from target and output, its activation
    /// applied.</param>
    public static Metric Of(string name, Func<torch.Tensor, torch.Tensor, torch.Tensor> perSample)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(perSample);
        return new DelegateMetric(name, perSample);
    }
}

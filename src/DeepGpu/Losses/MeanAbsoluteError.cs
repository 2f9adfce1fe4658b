using DeepGpu.Models;
using TorchSharp;

namespace DeepGpu;

/// <summary>|target - output|, the mean over the last axis. Keras: https://keras.io/api/losses/regression_losses/</summary>
[KerasClass(Aliases = ["mae"], MeanMetric = nameof(MeanAbsoluteError))]
public sealed class MeanAbsoluteError : ElementwiseLoss
{
    /// <inheritdoc/>
    public override string Name => "mean_absolute_error";

    /// <inheritdoc/>
    protected override torch.Tensor PerElement(torch.Tensor target, torch.Tensor output, bool isLogits)
        => (target - output).abs();
}

using DeepGpu.Models;
using TorchSharp;

namespace DeepGpu;

/// <summary>(target - output)^2, the mean over the last axis. Keras: https://keras.io/api/losses/regression_losses/</summary>
[KerasClass(Aliases = ["mse"], MeanMetric = nameof(MeanSquaredError))]
public sealed class MeanSquaredError : ElementwiseLoss
{
    /// <inheritdoc/>
    public override string Name => "mean_squared_error";

    /// <inheritdoc/>
    protected override torch.Tensor PerElement(torch.Tensor target, torch.Tensor output, bool isLogits)
        => (target - output).Squared();
}

using DeepGpu.Models;
using TorchSharp;

namespace DeepGpu;

/// <summary>100 * |target - output| / |target|, in percent, the mean over the last axis.
/// Keras: https://keras.io/api/losses/regression_losses/</summary>
/// <remarks>The divisor is at least 1e-7: a target of 0 makes the loss huge, not infinite.</remarks>
[KerasClass(Aliases = ["mape"], MeanMetric = nameof(MeanAbsolutePercentageError))]
public sealed class MeanAbsolutePercentageError : ElementwiseLoss
{
    /// <inheritdoc/>
    public override string Name => "mean_absolute_percentage_error";

    /// <inheritdoc/>
    protected override torch.Tensor PerElement(torch.Tensor target, torch.Tensor output, bool isLogits)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(output);
        return Number(100) * ((target - output) / target.abs().clamp_min(Number(Floats.Epsilon))).abs();
    }
}

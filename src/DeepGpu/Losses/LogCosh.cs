using DeepGpu.Models;
using TorchSharp;

namespace DeepGpu;

/// <summary>log(cosh(output - target)): half the square of a small error, the size of a large one less log(2), the mean over the last axis.
/// Keras: https://keras.io/api/losses/regression_losses/</summary>
[KerasClass(MeanMetric = "LogCoshError")]
public sealed class LogCosh : ElementwiseLoss
{
    /// <inheritdoc/>
    public override string Name => "log_cosh";

    internal override string MetricName => "logcosh";

    /// <inheritdoc/>
    protected override torch.Tensor PerElement(torch.Tensor target, torch.Tensor output, bool isLogits)
    {
        var error = (output - target).abs();
        return error.Plus((Number(-2) * error).exp().log1p()) - Number(Math.Log(2));
    }
}

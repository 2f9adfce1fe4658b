using DeepGpu.Models;
using TorchSharp;

namespace DeepGpu;

/// <summary>(log(target + 1) - log(output + 1))^2, the mean over the last axis.
/// Keras: https://keras.io/api/losses/regression_losses/</summary>
/// <remarks>Targets and outputs below 1e-7 count as 1e-7: negative ones give no gradient.</remarks>
[KerasClass(Aliases = ["msle"], MeanMetric = nameof(MeanSquaredLogarithmicError))]
public sealed class MeanSquaredLogarithmicError : ElementwiseLoss
{
    /// <inheritdoc/>
    public override string Name => "mean_squared_logarithmic_error";

    /// <inheritdoc/>
    protected override torch.Tensor PerElement(torch.Tensor target, torch.Tensor output, bool isLogits)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(output);
        return (target.clamp_min(Number(Floats.Epsilon)).log1p() - output.clamp_min(Number(Floats.Epsilon)).log1p()).Squared();
    }
}

using DeepGpu.Models;
using TorchSharp;

namespace DeepGpu;

/// <summary>output - target * log(output), the mean over the last axis. Keras: https://keras.io/api/losses/probabilistic_losses/</summary>
/// <remarks>Targets are counts and outputs their expectation, both at least 0; 1e-7 is added inside the logarithm.</remarks>
[KerasClass(MeanMetric = nameof(Poisson))]
public sealed class Poisson : ElementwiseLoss
{
    /// <inheritdoc/>
    public override string Name => "poisson";

    /// <inheritdoc/>
    protected override torch.Tensor PerElement(torch.Tensor target, torch.Tensor output, bool isLogits)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(output);
        return output - target * output.Plus(Floats.Epsilon).log();
    }
}

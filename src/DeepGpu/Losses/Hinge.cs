using DeepGpu.Models;
using TorchSharp;

namespace DeepGpu;

/// <summary>max(1 - target * output, 0), the mean over the last axis. Keras: https://keras.io/api/losses/hinge_losses/</summary>
/// <remarks>Targets are -1 and 1; a batch of only 0 and 1 counts as -1 and 1.</remarks>
[KerasClass(MeanMetric = nameof(Hinge))]
public sealed class Hinge : ElementwiseLoss
{
    /// <inheritdoc/>
    public override string Name => "hinge";

    /// <inheritdoc/>
    protected override torch.Tensor PerElement(torch.Tensor target, torch.Tensor output, bool isLogits)
        => (Hinges.Signs(target) * output).SubtractedFrom(1).relu();
}

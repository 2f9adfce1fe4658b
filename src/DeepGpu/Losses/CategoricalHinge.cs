using DeepGpu.Models;
using TorchSharp;

namespace DeepGpu;

/// <summary>max(1 + the largest wrong output - the right one, 0) over the last axis, targets one-hot.
/// Keras: https://keras.io/api/losses/hinge_losses/</summary>
[KerasClass(MeanMetric = nameof(CategoricalHinge))]
public sealed class CategoricalHinge : Loss
{
    /// <inheritdoc/>
    public override string Name => "categorical_hinge";

    internal override TargetForm Form => TargetForm.LikeOutput;

    /// <inheritdoc/>
    public override torch.Tensor PerSample(torch.Tensor target, torch.Tensor output, bool isLogits)
    {
        var (truth, outputs) = ElementwiseLoss.Aligned(target, output);
        var right = (truth * outputs).sum(-1);
        var wrong = (truth.SubtractedFrom(1) * outputs).amax([-1]);
        return (wrong - right).Plus(1).relu();
    }
}

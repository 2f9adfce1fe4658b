using DeepGpu.Models;
using TorchSharp;

namespace DeepGpu;

/// <summary>sum(target * log(target / output)) over the last axis, both probabilities clipped to [1e-7, 1].
/// Keras: https://keras.io/api/losses/probabilistic_losses/</summary>
[KerasClass(Aliases = ["kld"], MeanMetric = nameof(KLDivergence))]
public sealed class KLDivergence : Loss
{
    /// <inheritdoc/>
    public override string Name => "kl_divergence";

    internal override TargetForm Form => TargetForm.LikeOutput;

    /// <inheritdoc/>
    public override torch.Tensor PerSample(torch.Tensor target, torch.Tensor output, bool isLogits)
    {
        var (truth, outputs) = ElementwiseLoss.Aligned(target, output);
        var (p, q) = (truth.clamp(Number(Floats.Epsilon), Number(1)), outputs.clamp(Number(Floats.Epsilon), Number(1)));
        return (p * (p / q).log()).sum(-1);
    }
}

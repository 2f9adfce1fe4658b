using DeepGpu.Models;
using TorchSharp;

namespace DeepGpu;

/// <summary>-(target * log(probability) + (1 - target) * log(1 - probability)), the mean over the last axis.</summary>
/// <remarks>Targets have the output's shape, or lack its last axis of length 1. Keras: https://keras.io/api/losses/probabilistic_losses/</remarks>
public sealed class BinaryCrossentropy : ElementwiseLoss
{
    /// <inheritdoc/>
    public override string Name => "binary_crossentropy";

    /// <summary>Whether the model yields logits instead of probabilities. Default false.</summary>
    public bool FromLogits { get; init; }

    /// <summary>True for sigmoid: its logits never take the logarithm of a rounded 0.</summary>
    public override bool TakesLogitsOf(Activation activation) => activation == Activation.Sigmoid && !FromLogits;

    /// <inheritdoc/>
    protected override torch.Tensor PerElement(torch.Tensor target, torch.Tensor output, bool isLogits)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(output);
        if (isLogits || FromLogits) return output.relu() - output * target + (-output.abs()).exp().log1p();
        var probability = output.clamp(Crossentropy.Epsilon, 1 - Crossentropy.Epsilon);
        return -(target * probability.log() + (1 - target) * (1 - probability).log());
    }
}

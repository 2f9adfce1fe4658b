using TorchSharp;

namespace DeepGpu;

/// <summary>1 - 2 * sum(target * output) / (sum(target) + sum(output)): 0 where the segments cover each other.
/// Keras: https://keras.io/api/losses/</summary>
public sealed class Dice : Loss
{
    /// <inheritdoc/>
    public override string Name => "dice";

    /// <summary>The axes that are summed over. Default null: all, the batch too, which gives one number;
    /// [1, 2, 3] gives one for each image.</summary>
    public IReadOnlyList<int>? Axis { get; init; }

    internal override TargetForm Form => TargetForm.LikeOutput;

    /// <inheritdoc/>
    public override torch.Tensor PerSample(torch.Tensor target, torch.Tensor output, bool isLogits)
    {
        var (truth, outputs) = ElementwiseLoss.Aligned(target, output);
        return (Number(2) * Floats.Sum(truth * outputs, Axis) / Floats.Sum(truth, Axis)
            .Plus(Floats.Sum(outputs, Axis)).Plus(Floats.Epsilon))
            .SubtractedFrom(1);
    }
}

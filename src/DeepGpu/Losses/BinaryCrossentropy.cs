using DeepGpu.Models;
using TorchSharp;

namespace DeepGpu;

/// <summary>-(target * log(probability) + (1 - target) * log(1 - probability)), the mean over an axis.</summary>
/// <remarks>Targets from 0 to 1 have the output's shape, or lack its last axis of length 1.
/// Keras: https://keras.io/api/losses/probabilistic_losses/</remarks>
[KerasClass(Aliases = ["bce"], MeanMetric = nameof(BinaryCrossentropy))]
public sealed class BinaryCrossentropy : ElementwiseLoss
{
    /// <inheritdoc/>
    public override string Name => "binary_crossentropy";

    /// <summary>Whether the model yields logits instead of probabilities. Default false.</summary>
    public bool FromLogits { get; init; }

    /// <summary>How far targets move towards 1/2, from 0 (not at all) to 1. Default 0.</summary>
    public double LabelSmoothing { get; init => field = Require.InRange(value, 0, 1, nameof(BinaryCrossentropy), nameof(LabelSmoothing)); }

    /// <summary>The axis the mean is over. Default -1, the last.</summary>
    public int Axis { get; init; } = -1;

    private protected override int MeanAxis => Axis;

    /// <summary>True for sigmoid: its logits never take the logarithm of a rounded 0.</summary>
    public override bool TakesLogitsOf(Activation activation) => activation == Activation.Sigmoid && !FromLogits;

    /// <inheritdoc/>
    public override void CheckTargets(NDArray targets, Shape output)
    {
        base.CheckTargets(targets, output);
        TargetValues.AreProbabilities(targets, Name);
    }

    /// <inheritdoc/>
    protected override torch.Tensor PerElement(torch.Tensor target, torch.Tensor output, bool isLogits)
    {
        ArgumentNullException.ThrowIfNull(output);
        var smoothed = Crossentropy.SmoothedTruth(target, LabelSmoothing);
        if (isLogits || FromLogits) return (output.relu() - output * smoothed).Plus((-output.abs()).exp().log1p());
        return Crossentropy.Binary(smoothed, Crossentropy.Clipped(output));
    }
}

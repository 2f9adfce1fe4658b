using DeepGpu.Models;
using TorchSharp;

namespace DeepGpu;

/// <summary>Binary cross-entropy times (1 - p)^gamma, p the probability given to the truth: easy samples count little.
/// Lin et al., 2018.</summary>
/// <remarks>Targets from 0 to 1 have the output's shape, or lack its last axis of length 1.
/// Keras: https://keras.io/api/losses/probabilistic_losses/</remarks>
public sealed class BinaryFocalCrossentropy : ElementwiseLoss
{
    /// <inheritdoc/>
    public override string Name => "binary_focal_crossentropy";

    /// <summary>Whether class 1 weighs <see cref="Alpha"/> and class 0 the rest. Default false.</summary>
    public bool ApplyClassBalancing { get; init; }

    /// <summary>The weight of class 1, from 0 to 1. Default 0.25.</summary>
    public double Alpha { get; init => field = Require.InRange(value, 0, 1, nameof(BinaryFocalCrossentropy), nameof(Alpha)); } = 0.25;

    /// <summary>How strongly easy samples are left out, at least 0; 0 gives binary cross-entropy. Default 2.</summary>
    public double Gamma { get; init => field = Require.AtLeast(value, 0, nameof(BinaryFocalCrossentropy), nameof(Gamma)); } = 2;

    /// <summary>Whether the model yields logits instead of probabilities. Default false.</summary>
    public bool FromLogits { get; init; }

    /// <summary>How far targets move towards 1/2, from 0 (not at all) to 1. Default 0.</summary>
    public double LabelSmoothing
    {
        get;
        init => field = Require.InRange(value, 0, 1, nameof(BinaryFocalCrossentropy), nameof(LabelSmoothing));
    }

    /// <summary>The axis the mean is over. Default -1, the last.</summary>
    public int Axis { get; init; } = -1;

    private protected override int MeanAxis => Axis;

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
        var truth = Crossentropy.SmoothedTruth(target, LabelSmoothing);
        var probability = Crossentropy.Clipped(isLogits || FromLogits ? output.sigmoid() : output);
        var missed = (truth * probability).Plus(truth.SubtractedFrom(1) * probability.SubtractedFrom(1)).SubtractedFrom(1);
        var loss = missed.pow(Number(Gamma)) * Crossentropy.Binary(truth, probability);
        return ApplyClassBalancing ? loss * (truth * Number(Alpha)).Plus(truth.SubtractedFrom(1) * Number(1 - Alpha)) : loss;
    }
}

using DeepGpu;
using DeepGpu.Models;
using TorchSharp;

namespace CustomLayer;

/// <summary>Steps of equal size along the sign of a mean of gradients (signum).
/// Bernstein et al., 2018, https://arxiv.org/abs/1802.04434.</summary>
public sealed record SignMomentum : Optimizer
{
    /// <summary>The share of the old mean that a step keeps, from 0 to 1. Default 0.9.</summary>
    public double Momentum { get; init; } = 0.9;

    /// <summary>One tensor for each weight: the mean.</summary>
    protected override int SlotCount => 1;
}

/// <summary>The rule of SignMomentum: m = momentum m + (1 - momentum) g; w = w - rate sign(m).</summary>
public sealed class SignMomentumRule(SignMomentum options) : OptimizerRule
{
    public override IReadOnlyList<string> Slots => ["momentum"];

    public override void Update(WeightUpdate update)
    {
        using Scalar kept = options.Momentum, added = 1 - options.Momentum, step = -update.Rate;
        var mean = update.Slot("momentum").mul_(kept).add_(update.Gradient, added);
        update.Value.add_(mean.sign(), step);
    }
}

using DeepGpu.Models;
using TorchSharp;

namespace DeepGpu;

/// <summary>Categorical cross-entropy times alpha * (1 - probability)^gamma: easy samples count little. Lin et al., 2018.
/// Targets are one-hot.</summary>
/// <remarks>Keras: https://keras.io/api/losses/probabilistic_losses/</remarks>
public sealed class CategoricalFocalCrossentropy : Loss
{
    /// <inheritdoc/>
    public override string Name => "categorical_focal_crossentropy";

    /// <summary>The weight of every class, or one weight for each, each at least 0. Default 0.25 for every class.</summary>
    public IReadOnlyList<double> Alpha
    {
        get;
        init => field = value is { Count: > 0 } && value.All(weight => weight >= 0 && double.IsFinite(weight))
            ? [.. value]
            : throw Require.OutOfRange(nameof(CategoricalFocalCrossentropy), nameof(Alpha), "one or more finite weights of at least 0",
                value is null ? null : $"[{string.Join(", ", value)}]");
    } = [0.25];

    /// <summary>How strongly easy samples are left out, at least 0; 0 gives a weighted cross-entropy. Default 2.</summary>
    public double Gamma { get; init => field = Require.AtLeast(value, 0, nameof(CategoricalFocalCrossentropy), nameof(Gamma)); } = 2;

    /// <summary>Whether the model yields logits instead of probabilities. Default false.</summary>
    public bool FromLogits { get; init; }

    /// <summary>How far targets move towards the uniform distribution, from 0 (not at all) to 1. Default 0.</summary>
    public double LabelSmoothing
    {
        get;
        init => field = Require.InRange(value, 0, 1, nameof(CategoricalFocalCrossentropy), nameof(LabelSmoothing));
    }

    /// <summary>The axis of the classes. Default -1, the last.</summary>
    public int Axis { get; init; } = -1;

    internal override TargetForm Form => TargetForm.OneHot;

    /// <inheritdoc/>
    public override torch.Tensor PerSample(torch.Tensor target, torch.Tensor output, bool isLogits)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(output);
        var truth = Crossentropy.SmoothedClasses(target.to(output.dtype), LabelSmoothing, Axis);
        var given = isLogits || FromLogits ? output.softmax(Axis) : output;
        var probability = Crossentropy.Clipped(given / given.sum(Axis, keepdim: true));
        return Weighted(probability.SubtractedFrom(1).pow(Number(Gamma)) * -(truth * probability.log())).sum(Axis);
    }

    /// <inheritdoc/>
    public override void CheckTargets(NDArray targets, Shape output)
    {
        base.CheckTargets(targets, output);
        TargetValues.AreProbabilities(targets, Name);
        if (Alpha.Count > 1 && output[^1] is { } classes && classes != Alpha.Count)
            throw Require.OutOfRange(nameof(CategoricalFocalCrossentropy), nameof(Alpha),
                $"one weight, or {classes}: one for each class", Alpha.Count);
    }

    /// <summary>As Keras, weights lie along the last axis. Built on the device: copying them there would wait for it.</summary>
    private torch.Tensor Weighted(torch.Tensor losses)
        => Alpha.Count == 1
            ? losses * Number(Alpha[0])
            : losses * torch.stack(Alpha.Select(weight => torch.full([], Number(weight), losses.dtype, losses.device)));
}

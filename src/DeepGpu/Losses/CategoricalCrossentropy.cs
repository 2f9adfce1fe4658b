using DeepGpu.Models;
using TorchSharp;

namespace DeepGpu;

/// <summary>-sum(target * log(probability)) over the classes, targets one-hot.
/// Keras: https://keras.io/api/losses/probabilistic_losses/</summary>
[KerasClass(MeanMetric = nameof(CategoricalCrossentropy))]
public sealed class CategoricalCrossentropy : Loss
{
    /// <inheritdoc/>
    public override string Name => "categorical_crossentropy";

    /// <summary>Whether the model yields logits instead of probabilities. Default false.</summary>
    public bool FromLogits { get; init; }

    /// <summary>How far targets move towards the uniform distribution, from 0 (not at all) to 1. Default 0.</summary>
    public double LabelSmoothing
    {
        get;
        init => field = Require.InRange(value, 0, 1, nameof(CategoricalCrossentropy), nameof(LabelSmoothing));
    }

    /// <summary>The axis of the classes. Default -1, the last.</summary>
    public int Axis { get; init; } = -1;

    internal override TargetForm Form => TargetForm.OneHot;

    /// <summary>True for softmax over the same axis: log-softmax of the logits never takes the logarithm of a rounded 0.</summary>
    public override bool TakesLogitsOf(Activation activation) => activation == Activation.Softmax && !FromLogits && Axis == -1;

    /// <inheritdoc/>
    public override torch.Tensor PerSample(torch.Tensor target, torch.Tensor output, bool isLogits)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(output);
        var truth = Crossentropy.SmoothedClasses(target.to(output.dtype), LabelSmoothing, Axis);
        return -(truth * Crossentropy.LogProbabilities(output, isLogits || FromLogits, Axis)).sum(Axis);
    }

    /// <inheritdoc/>
    public override void CheckTargets(NDArray targets, Shape output)
    {
        base.CheckTargets(targets, output);
        TargetValues.AreProbabilities(targets, Name);
    }
}

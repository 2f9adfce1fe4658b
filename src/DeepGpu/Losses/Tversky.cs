using TorchSharp;

namespace DeepGpu;

/// <summary>1 - hits / (hits + alpha * false alarms + beta * missed), each a sum over the output: Dice with a weight for each kind of
/// error. Salehi et al., 2017.</summary>
/// <remarks>hits = sum(target * output), false alarms = sum((1 - target) * output), missed = sum(target * (1 - output)).
/// Keras: https://keras.io/api/losses/</remarks>
public sealed class Tversky : Loss
{
    /// <inheritdoc/>
    public override string Name => "tversky";

    /// <summary>The weight of false alarms, at least 0. Default 0.5.</summary>
    public double Alpha { get; init => field = Require.AtLeast(value, 0, nameof(Tversky), nameof(Alpha)); } = 0.5;

    /// <summary>The weight of what was missed, at least 0. Default 0.5.</summary>
    public double Beta { get; init => field = Require.AtLeast(value, 0, nameof(Tversky), nameof(Beta)); } = 0.5;

    /// <summary>The axes that are summed over. Default null: all, the batch too, which gives one number.</summary>
    public IReadOnlyList<int>? Axis { get; init; }

    internal override TargetForm Form => TargetForm.LikeOutput;

    /// <inheritdoc/>
    public override torch.Tensor PerSample(torch.Tensor target, torch.Tensor output, bool isLogits)
    {
        var (truth, outputs) = ElementwiseLoss.Aligned(target, output);
        var hits = Floats.Sum(truth * outputs, Axis);
        var missed = Floats.Sum(truth * outputs.SubtractedFrom(1), Axis);
        var falseAlarms = Floats.Sum(truth.SubtractedFrom(1) * outputs, Axis);
        return (hits / hits.Plus(Number(Alpha) * falseAlarms).Plus(Number(Beta) * missed).Plus(Floats.Epsilon)).SubtractedFrom(1);
    }
}

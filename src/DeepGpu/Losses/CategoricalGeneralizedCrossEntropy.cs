using DeepGpu.Models;
using TorchSharp;

namespace DeepGpu;

/// <summary>(1 - p^q) / q, p the probability of the target class: between cross-entropy (q near 0) and absolute error (q near 1),
/// robust against wrong labels. Zhang and Sabuncu, 2018.</summary>
/// <remarks>Targets are class indices. Keras: https://keras.io/api/losses/probabilistic_losses/</remarks>
public sealed class CategoricalGeneralizedCrossEntropy : Loss
{
    /// <inheritdoc/>
    public override string Name => "categorical_generalized_cross_entropy";

    /// <summary>How robust the loss is, between 0 and 1, both excluded. Default 0.5.</summary>
    public double Q
    {
        get;
        init => field = value is > 0 and < 1
            ? value
            : throw Require.OutOfRange(nameof(CategoricalGeneralizedCrossEntropy), nameof(Q), "above 0 and below 1", value);
    } = 0.5;

    internal override TargetForm Form => TargetForm.ClassIndex;

    /// <inheritdoc/>
    public override torch.Tensor PerSample(torch.Tensor target, torch.Tensor output, bool isLogits)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(output);
        var classes = target.to(torch.ScalarType.Int64).reshape([.. output.shape[..^1], 1]);
        return Power(output.gather(-1, classes).squeeze(-1)).SubtractedFrom(1) / Number(Q);
    }

    /// <inheritdoc/>
    public override void CheckTargets(NDArray targets, Shape output)
    {
        base.CheckTargets(targets, output);
        if (output[^1] is { } classes) TargetValues.AreClassIndices(targets, classes, Name);
    }

    /// <summary>p^q, without the infinite slope at 0 that would make the gradient NaN.</summary>
    private torch.Tensor Power(torch.Tensor probability)
    {
        var isZero = probability.eq(Number(0));
        return probability.masked_fill(isZero, Number(1)).pow(Number(Q)).masked_fill(isZero, Number(0));
    }
}

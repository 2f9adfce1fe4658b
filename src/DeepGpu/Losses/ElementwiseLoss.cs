using TorchSharp;

namespace DeepGpu;

/// <summary>A loss of each element of the output, the mean over the last axis.
/// Targets have the output's shape, or lack its last axis of length 1.</summary>
public abstract class ElementwiseLoss : Loss
{
    internal override TargetForm Form => TargetForm.LikeOutput;

    /// <summary>The axis the mean is over.</summary>
    private protected virtual int MeanAxis => -1;

    /// <inheritdoc/>
    public sealed override torch.Tensor PerSample(torch.Tensor target, torch.Tensor output, bool isLogits)
    {
        var (targets, outputs) = Aligned(target, output);
        return PerElement(targets, outputs, isLogits).mean([MeanAxis]);
    }

    /// <summary>The loss of each element.</summary>
    /// <param name="target">The targets, in the output's format and shape.</param>
    /// <param name="output">The model's output.</param>
    /// <param name="isLogits">Whether the output's activation was left out.</param>
    protected abstract torch.Tensor PerElement(torch.Tensor target, torch.Tensor output, bool isLogits);

    /// <summary>Targets in the output's format; where one of the two lacks a last axis of length 1, both have it.</summary>
    internal static (torch.Tensor Target, torch.Tensor Output) Aligned(torch.Tensor target, torch.Tensor output)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(output);
        var numbers = target.to(output.dtype);
        if (numbers.dim() == output.dim()) return (numbers, output);
        return numbers.dim() < output.dim() ? (numbers.unsqueeze(-1), output) : (numbers, output.unsqueeze(-1));
    }
}

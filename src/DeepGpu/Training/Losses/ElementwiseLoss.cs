using DeepGpu.Models;
using TorchSharp;

namespace DeepGpu;

/// <summary>A loss of each element of the output, the mean over the last axis. Targets have the output's shape, or lack its last axis of length 1.</summary>
public abstract class ElementwiseLoss : Loss
{
    /// <inheritdoc/>
    public sealed override torch.Tensor PerSample(torch.Tensor target, torch.Tensor output, bool isLogits)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(output);
        var numbers = target.to(output.dtype);
        return PerElement(numbers.dim() == output.dim() - 1 ? numbers.unsqueeze(-1) : numbers, output, isLogits).mean([-1]);
    }

    /// <inheritdoc/>
    public override void CheckTargets(NDArray targets, Shape output)
    {
        ArgumentNullException.ThrowIfNull(targets);
        ArgumentNullException.ThrowIfNull(output);
        var expected = targets.Rank == output.Rank - 1 && output[^1] == 1 ? output.Axes[..^1] : output.Axes;
        if (targets.Rank == expected.Length && expected.Zip(targets.Shape).All(axis => axis.First is null || axis.First == axis.Second)) return;
        throw new TrainingDataException(new(
            "target_shape",
            $"{Name} needs targets of shape {output}",
            $"but receives ({string.Join(", ", targets.Shape)}).",
            "Make the targets as wide as the model's last layer, or the layer as wide as the targets."));
    }

    /// <summary>The loss of each element.</summary>
    /// <param name="target">The targets, in the output's format and shape.</param>
    /// <param name="output">The model's output.</param>
    /// <param name="isLogits">Whether the output's activation was left out.</param>
    protected abstract torch.Tensor PerElement(torch.Tensor target, torch.Tensor output, bool isLogits);
}

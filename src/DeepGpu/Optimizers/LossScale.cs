using DeepGpu.Models;
using DeepGpu.Replicas;
using TorchSharp;

namespace DeepGpu.Optimizers;

/// <summary>What the loss is multiplied by, so that small gradients do not vanish in a short number format.</summary>
internal sealed class LossScale
{
    private static readonly OptimizerScript Script = new("""
        def unscale(g: List[Tensor], found: Tensor, inverse: Tensor):
            torch._amp_foreach_non_finite_check_and_unscale_(g, found, inverse)

        """);

    private readonly LossScaleOptimizer? _options;

    /// <summary>The scale of an optimizer: one that adapts, a fixed one, or 1.</summary>
    public LossScale(Optimizer optimizer)
    {
        _options = optimizer as LossScaleOptimizer;
        Factor = _options?.InitialScale ?? optimizer.LossScaleFactor ?? 1;
    }

    /// <summary>The factor of the next loss.</summary>
    public double Factor { get; set; }

    /// <summary>Finite steps since the scale last changed.</summary>
    public int FiniteSteps { get; set; }

    /// <summary>Whether the scale adapts: gradients that are not finite are then expected now and then.</summary>
    public bool Adapts => _options is not null;

    /// <summary>A loss times the scale and a share, in single precision or better.</summary>
    public torch.Tensor Apply(torch.Tensor loss, double share)
    {
        if (Factor * share == 1) return loss;
        var wide = loss.dtype is torch.ScalarType.Float16 or torch.ScalarType.BFloat16 ? loss.to(torch.ScalarType.Float32) : loss;
        return wide * Number(Factor * share);
    }

    /// <summary>Takes the scale out of gradients. One that adapts waits for the device to say whether all are finite.</summary>
    /// <returns>Whether the step may be made.</returns>
    /// <param name="gradients">The gradients, of the scaled loss.</param>
    /// <param name="group">Processes that must decide alike, where gradients are not those of all; else null.</param>
    public bool Unscale(torch.Tensor[] gradients, ReplicaGroup? group = null)
    {
        if (Adapts) return Adapt(AreFiniteUnscaled(gradients, group));
        if (Factor != 1) GradientChange.Divide(gradients, Factor);
        return true;
    }

    private bool AreFiniteUnscaled(torch.Tensor[] gradients, ReplicaGroup? group)
    {
        var (found, inverse) =
            (torch.zeros([1], device: gradients[0].device), torch.full([1], Number((float)(1 / Factor)), device: gradients[0].device));
        Script.Call("unscale", gradients, found, inverse);
        group?.Sum([found]);
        return found.item<float>() == 0;
    }

    /// <summary>Halves the scale after a step that is not finite, doubles it after enough finite ones.</summary>
    private bool Adapt(bool isFinite)
    {
        if (!isFinite) (Factor, FiniteSteps) = (Factor / 2, 0);
        else if (++FiniteSteps == _options!.DynamicGrowthSteps) (Factor, FiniteSteps) = (Factor * 2, 0);
        return isFinite;
    }
}

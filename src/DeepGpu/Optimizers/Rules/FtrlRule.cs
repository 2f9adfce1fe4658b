using DeepGpu.Models;
using TorchSharp;

namespace DeepGpu;

/// <summary>Ftrl: the weight follows from the sums, not from its last value.</summary>
internal sealed class FtrlRule(Ftrl options) : UpdateRule
{
    private static readonly OptimizerScript Script = new("""
        def ftrl(p: List[Tensor], g: List[Tensor], a: List[Tensor], z: List[Tensor], lr: float, power: float, l1: float, l2: float,
                shrinkage: float):
            before = torch._foreach_pow(a, power)
            torch._foreach_addcmul_(a, g, g, 1.0)
            q = torch._foreach_pow(a, power)
            torch._foreach_add_(z, g)
            torch._foreach_add_(z, p, alpha=2.0 * shrinkage)
            torch._foreach_addcmul_(z, torch._foreach_sub(q, before), p, -1.0 / lr)
            torch._foreach_div_(q, lr)
            torch._foreach_add_(q, 2.0 * l2)
            n = torch._foreach_clamp_min(z, -l1)
            torch._foreach_clamp_max_(n, l1)
            torch._foreach_sub_(n, z)
            torch._foreach_div_(n, q)
            torch._foreach_copy_(p, n)

        """);

    public override IReadOnlyList<string> SlotNames => ["accumulator", "linear"];

    public override torch.Tensor NewSlot(string name, LiveWeight weight)
        => name == "accumulator"
            ? torch.full_like(weight.Tensor, Number(options.InitialAccumulatorValue))
            : torch.zeros_like(weight.Tensor);

    /// <summary>A rate of 0, as at a warm-up's start or a schedule's end, divides by zero: the weights stay.</summary>
    public override void Apply(WeightBatch batch, double rate, long update)
    {
        if (rate == 0) return;
        var l2 = options.L2RegularizationStrength + options.Beta / (2 * rate);
        Script.Call("ftrl", batch.Values, batch.Gradients, batch.Slots[0], batch.Slots[1], rate, -options.LearningRatePower,
            options.L1RegularizationStrength, l2, options.L2ShrinkageRegularizationStrength);
    }
}

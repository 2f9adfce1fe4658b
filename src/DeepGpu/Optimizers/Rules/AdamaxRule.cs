using DeepGpu.Models;

namespace DeepGpu;

/// <summary>Adamax.</summary>
internal sealed class AdamaxRule(Adamax options) : UpdateRule
{
    private static readonly OptimizerScript Script = new("""
        def adamax(p: List[Tensor], g: List[Tensor], m: List[Tensor], u: List[Tensor], alpha: float, beta1: float, beta2: float,
                eps: float):
            torch._foreach_lerp_(m, g, 1.0 - beta1)
            torch._foreach_mul_(u, beta2)
            torch._foreach_maximum_(u, torch._foreach_abs(g))
            torch._foreach_addcdiv_(p, m, torch._foreach_add(u, eps), -alpha)

        """);

    public override IReadOnlyList<string> SlotNames => ["momentum", "norm"];

    public override void Apply(WeightBatch batch, double rate, long update)
        => Script.Call("adamax", batch.Values, batch.Gradients, batch.Slots[0], batch.Slots[1],
            rate / (1 - Math.Pow(options.Beta1, update)), options.Beta1, options.Beta2, options.Epsilon);
}

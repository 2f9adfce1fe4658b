using DeepGpu.Models;

namespace DeepGpu;

/// <summary>Lion.</summary>
internal sealed class LionRule(Lion options) : UpdateRule
{
    private static readonly OptimizerScript Script = new("""
        def lion(p: List[Tensor], g: List[Tensor], m: List[Tensor], lr: float, beta1: float, beta2: float):
            u = torch._foreach_mul(m, beta1)
            torch._foreach_add_(u, g, alpha=1.0 - beta1)
            torch._foreach_sign_(u)
            torch._foreach_add_(p, u, alpha=-lr)
            torch._foreach_lerp_(m, g, 1.0 - beta2)

        """);

    public override IReadOnlyList<string> SlotNames => ["momentum"];

    public override void Apply(WeightBatch batch, double rate, long update)
        => Script.Call("lion", batch.Values, batch.Gradients, batch.Slots[0], rate, options.Beta1, options.Beta2);
}

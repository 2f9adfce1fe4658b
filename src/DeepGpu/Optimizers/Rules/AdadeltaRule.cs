using DeepGpu.Models;

namespace DeepGpu;

/// <summary>Adadelta.</summary>
internal sealed class AdadeltaRule(Adadelta options) : UpdateRule
{
    private static readonly OptimizerScript Script = new("""
        def adadelta(p: List[Tensor], g: List[Tensor], a: List[Tensor], d: List[Tensor], lr: float, rho: float, eps: float):
            torch._foreach_mul_(a, rho)
            torch._foreach_addcmul_(a, g, g, 1.0 - rho)
            u = torch._foreach_add(d, eps)
            torch._foreach_div_(u, torch._foreach_add(a, eps))
            torch._foreach_sqrt_(u)
            torch._foreach_mul_(u, g)
            torch._foreach_mul_(d, rho)
            torch._foreach_addcmul_(d, u, u, 1.0 - rho)
            torch._foreach_add_(p, u, alpha=-lr)

        """);

    public override IReadOnlyList<string> SlotNames => ["accumulated_grad", "accumulated_delta_var"];

    public override void Apply(WeightBatch batch, double rate, long update)
        => Script.Call("adadelta", batch.Values, batch.Gradients, batch.Slots[0], batch.Slots[1], rate, options.Rho, options.Epsilon);
}

using DeepGpu.Models;

namespace DeepGpu;

/// <summary>Lamb. A weight or step of norm 0 is moved as Adam would.</summary>
internal sealed class LambRule(Lamb options) : UpdateRule
{
    private static readonly OptimizerScript Script = new("""
        def lamb(p: List[Tensor], g: List[Tensor], m: List[Tensor], v: List[Tensor], of_m: float, of_v: float, lr: float, beta1: float,
                beta2: float, eps: float):
            torch._foreach_lerp_(m, g, 1.0 - beta1)
            torch._foreach_mul_(v, beta2)
            torch._foreach_addcmul_(v, g, g, 1.0 - beta2)
            d = torch._foreach_mul(v, of_v)
            torch._foreach_sqrt_(d)
            torch._foreach_add_(d, eps)
            u = torch._foreach_mul(m, of_m)
            torch._foreach_div_(u, d)
            w = torch.stack(torch._foreach_norm(p))
            n = torch.stack(torch._foreach_norm(u))
            r = torch.where(torch.logical_and(w > 0, n > 0), w / n, torch.ones_like(w)) * -lr
            torch._foreach_mul_(u, torch.unbind(r))
            torch._foreach_add_(p, u)

        """);

    public override IReadOnlyList<string> SlotNames => ["momentum", "velocity"];

    public override void Apply(WeightBatch batch, double rate, long update)
    {
        var (ofMean, ofSquare) = (1 / (1 - Math.Pow(options.Beta1, update)), 1 / (1 - Math.Pow(options.Beta2, update)));
        Script.Call("lamb", batch.Values, batch.Gradients, batch.Slots[0], batch.Slots[1], ofMean, ofSquare, rate, options.Beta1,
            options.Beta2, options.Epsilon);
    }
}

using DeepGpu.Models;

namespace DeepGpu;

/// <summary>Nadam. The product of all momenta so far follows from the number of the change, so that it is no state.</summary>
internal sealed class NadamRule(Nadam options) : UpdateRule
{
    private static readonly OptimizerScript Script = new("""
        def nadam(p: List[Tensor], g: List[Tensor], m: List[Tensor], v: List[Tensor], of_m: float, of_g: float, lr: float, beta1: float,
                beta2: float, eps: float):
            torch._foreach_lerp_(m, g, 1.0 - beta1)
            torch._foreach_mul_(v, beta2)
            torch._foreach_addcmul_(v, g, g, 1.0 - beta2)
            d = torch._foreach_sqrt(v)
            torch._foreach_add_(d, eps)
            u = torch._foreach_mul(m, of_m)
            torch._foreach_add_(u, g, alpha=of_g)
            torch._foreach_addcdiv_(p, u, d, -lr)

        """);

    private (long Update, double Product) _known = (0, 1);

    public override IReadOnlyList<string> SlotNames => ["momentum", "velocity"];

    public override void Apply(WeightBatch batch, double rate, long update)
    {
        var (now, next, product) = (Momentum(update), Momentum(update + 1), Product(update));
        var correction = Math.Sqrt(1 - Math.Pow(options.Beta2, update));
        Script.Call("nadam", batch.Values, batch.Gradients, batch.Slots[0], batch.Slots[1], next / (1 - product * next),
            (1 - now) / (1 - product), rate * correction, options.Beta1, options.Beta2, options.Epsilon * correction);
    }

    private double Momentum(long update) => options.Beta1 * (1 - 0.5 * Math.Pow(0.96, update));

    private double Product(long update)
    {
        if (_known.Update > update) _known = (0, 1);
        while (_known.Update < update) _known = (_known.Update + 1, _known.Product * Momentum(_known.Update + 1));
        return _known.Product;
    }
}

using DeepGpu.Models;

namespace DeepGpu;

/// <summary>Stochastic gradient descent, Keras's form: the momentum holds the step, learning rate included.</summary>
internal sealed class SgdRule(Sgd options) : UpdateRule
{
    private static readonly OptimizerScript Script = new("""
        def sgd(p: List[Tensor], g: List[Tensor], lr: float):
            torch._foreach_add_(p, g, alpha=-lr)
        def momentum(p: List[Tensor], g: List[Tensor], m: List[Tensor], lr: float, momentum: float):
            torch._foreach_mul_(m, momentum)
            torch._foreach_add_(m, g, alpha=-lr)
            torch._foreach_add_(p, m)
        def nesterov(p: List[Tensor], g: List[Tensor], m: List[Tensor], lr: float, momentum: float):
            torch._foreach_mul_(m, momentum)
            torch._foreach_add_(m, g, alpha=-lr)
            torch._foreach_add_(p, m, alpha=momentum)
            torch._foreach_add_(p, g, alpha=-lr)

        """);

    public override IReadOnlyList<string> SlotNames { get; } = options.Momentum > 0 ? ["momentum"] : [];

    public override void Apply(WeightBatch batch, double rate, long update)
    {
        if (options.Momentum == 0) Script.Call("sgd", batch.Values, batch.Gradients, rate);
        else Script.Call(options.Nesterov ? "nesterov" : "momentum", batch.Values, batch.Gradients, batch.Slots[0], rate, options.Momentum);
    }
}

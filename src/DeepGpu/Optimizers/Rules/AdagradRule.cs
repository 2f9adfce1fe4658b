using DeepGpu.Models;
using TorchSharp;

namespace DeepGpu;

/// <summary>Adagrad.</summary>
internal sealed class AdagradRule(Adagrad options) : UpdateRule
{
    private static readonly OptimizerScript Script = new("""
        def adagrad(p: List[Tensor], g: List[Tensor], a: List[Tensor], lr: float, eps: float):
            torch._foreach_addcmul_(a, g, g, 1.0)
            d = torch._foreach_add(a, eps)
            torch._foreach_sqrt_(d)
            torch._foreach_addcdiv_(p, g, d, -lr)

        """);

    public override IReadOnlyList<string> SlotNames => ["accumulator"];

    public override torch.Tensor NewSlot(string name, LiveWeight weight)
        => torch.full_like(weight.Tensor, Number(options.InitialAccumulatorValue));

    public override void Apply(WeightBatch batch, double rate, long update)
        => Script.Call("adagrad", batch.Values, batch.Gradients, batch.Slots[0], rate, options.Epsilon);
}

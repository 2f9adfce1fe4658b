using DeepGpu.Models;
using TorchSharp;

namespace DeepGpu;

/// <summary>RMSprop, Keras's form: epsilon inside the root, momentum on the step.</summary>
internal sealed class RMSpropRule(RMSprop options) : UpdateRule
{
    private static readonly OptimizerScript Script = new("""
        def rmsprop(p: List[Tensor], g: List[Tensor], v: List[Tensor], m: List[Tensor], a: List[Tensor], lr: float, rho: float,
                momentum: float, eps: float, moves: bool, centered: bool):
            torch._foreach_mul_(v, rho)
            torch._foreach_addcmul_(v, g, g, 1.0 - rho)
            d = torch._foreach_add(v, eps)
            if centered:
                torch._foreach_lerp_(a, g, 1.0 - rho)
                torch._foreach_addcmul_(d, a, a, -1.0)
            torch._foreach_sqrt_(d)
            if moves:
                torch._foreach_mul_(m, momentum)
                torch._foreach_addcdiv_(m, g, d, lr)
                torch._foreach_sub_(p, m)
            else:
                torch._foreach_addcdiv_(p, g, d, -lr)

        """);

    public override IReadOnlyList<string> SlotNames { get; } = Slots(options);

    public override IReadOnlyList<IReadOnlyList<string>> SlotGroups => [.. SlotNames.Select(name => new[] { name })];

    public override void Apply(WeightBatch batch, double rate, long update)
        => Script.Call("rmsprop", batch.Values, batch.Gradients, batch.Slots[0], Slot(batch, "momentum"), Slot(batch, "average_gradient"),
            rate, options.Rho, options.Momentum, options.Epsilon, options.Momentum > 0, options.Centered);

    private static string[] Slots(RMSprop options)
        => [.. new[] { ("velocity", true), ("momentum", options.Momentum > 0), ("average_gradient", options.Centered) }
            .Where(slot => slot.Item2).Select(slot => slot.Item1)];

    /// <summary>A slot, or nothing in its place.</summary>
    private torch.Tensor[] Slot(WeightBatch batch, string name)
        => batch.Slots.Zip(SlotNames).Where(slot => slot.Second == name).Select(slot => slot.First).FirstOrDefault([]);
}

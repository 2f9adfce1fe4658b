using DeepGpu.Models;
using TorchSharp;

namespace DeepGpu;

/// <summary>Adam on a sequence of its own, "momentum"; the weights lie between it and its average.</summary>
internal sealed class ScheduleFreeRule(ScheduleFreeAdamW options) : UpdateRule
{
    private static readonly OptimizerScript Script = new("""
        def begin(p: List[Tensor], z: List[Tensor]):
            torch._foreach_copy_(z, p)
        def step(p: List[Tensor], g: List[Tensor], z: List[Tensor], v: List[Tensor], of_v: float, lr: float,
                 b1: float, b2: float, eps: float, share: float):
            torch._foreach_mul_(v, b2)
            torch._foreach_addcmul_(v, g, g, 1.0 - b2)
            d = torch._foreach_mul(v, of_v)
            torch._foreach_sqrt_(d)
            torch._foreach_add_(d, eps)
            x = torch._foreach_add(p, z, alpha=b1 - 1.0)
            torch._foreach_div_(x, b1)
            torch._foreach_addcdiv_(z, g, d, -lr)
            torch._foreach_lerp_(x, z, share)
            torch._foreach_copy_(p, torch._foreach_lerp(z, x, b1))
        def to_average(p: List[Tensor], z: List[Tensor], b1: float):
            torch._foreach_add_(p, z, alpha=b1 - 1.0)
            torch._foreach_div_(p, b1)
        def to_training(p: List[Tensor], z: List[Tensor], b1: float):
            torch._foreach_copy_(p, torch._foreach_lerp(z, p, b1))

        """);

    public override IReadOnlyList<string> SlotNames => ["momentum", "velocity"];

    public override bool HasAverage => true;

    public override torch.Tensor NewSlot(string name, LiveWeight weight)
        => name == "momentum" ? weight.Tensor.detach().clone() : torch.zeros_like(weight.Tensor);

    /// <summary>The sequence begins where the weights are at the first step, whatever was loaded since the model was compiled.</summary>
    public override void Begin(WeightState[] weights) => Script.Call("begin", Values(weights), Sequence(weights));

    public override void Apply(WeightBatch batch, double rate, long update)
    {
        var climbed = options.WarmupSteps > 0 ? rate * Math.Min((double)update / options.WarmupSteps, 1) : rate;
        var ofSquare = 1 / (1 - Math.Pow(options.Beta2, update));
        var (p, g, slots) = (batch.Values, batch.Gradients, batch.Slots);
        Script.Call("step", p, g, slots[0], slots[1], ofSquare, climbed, options.Beta1, options.Beta2, options.Epsilon, 1.0 / update);
    }

    public override void SwapAverage(WeightState[] weights, bool toAverage)
        => Script.Call(toAverage ? "to_average" : "to_training", Values(weights), Sequence(weights), options.Beta1);

    private static torch.Tensor[] Values(WeightState[] weights) => Array.ConvertAll(weights, weight => weight.Value);

    private static torch.Tensor[] Sequence(WeightState[] weights) => Array.ConvertAll(weights, weight => weight.Slots[0]);
}

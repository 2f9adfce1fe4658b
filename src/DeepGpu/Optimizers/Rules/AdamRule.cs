using DeepGpu.Models;
using TorchSharp;

namespace DeepGpu;

/// <summary>Adam by libtorch's fused kernel.</summary>
/// <remarks>Keras adds epsilon outside the bias correction, torch inside: passing epsilon / sqrt(1 - beta2^t) gives
/// Keras's form exactly.</remarks>
internal sealed class AdamRule(MomentOptimizer options, bool amsGrad) : UpdateRule
{
    private static readonly OptimizerScript Script = new("""
        def adam(p: List[Tensor], g: List[Tensor], m: List[Tensor], v: List[Tensor], s: List[Tensor], lr: float, beta1: float,
                beta2: float, eps: float):
            torch._fused_adam_(p, g, m, v, [], s, lr=lr, beta1=beta1, beta2=beta2, weight_decay=0.0, eps=eps, amsgrad=False, maximize=False)
        def amsgrad(p: List[Tensor], g: List[Tensor], m: List[Tensor], v: List[Tensor], h: List[Tensor], s: List[Tensor], lr: float,
                beta1: float, beta2: float, eps: float):
            torch._fused_adam_(p, g, m, v, h, s, lr=lr, beta1=beta1, beta2=beta2, weight_decay=0.0, eps=eps, amsgrad=True, maximize=False)

        """);

    public AdamRule(Adam options)
        : this(options, options.AmsGrad)
    {
    }

    public AdamRule(AdamW options)
        : this(options, options.AmsGrad)
    {
    }

    public override IReadOnlyList<string> SlotNames { get; } = amsGrad
        ? ["momentum", "velocity", "velocity_hat"]
        : ["momentum", "velocity"];

    public override IReadOnlyList<IReadOnlyList<string>> SlotGroups => amsGrad ? [["momentum", "velocity"], ["velocity_hat"]] : [SlotNames];

    public override void Apply(WeightBatch batch, double rate, long update)
    {
        var (p, slots, epsilon) = (batch.Values, batch.Slots, options.Epsilon / Math.Sqrt(1 - Math.Pow(options.Beta2, update)));
        var steps = Steps(p, update);
        if (amsGrad)
            Script.Call("amsgrad", p, batch.Gradients, slots[0], slots[1], slots[2], steps, rate, options.Beta1, options.Beta2, epsilon);
        else Script.Call("adam", p, batch.Gradients, slots[0], slots[1], steps, rate, options.Beta1, options.Beta2, epsilon);
    }

    /// <summary>The number of the change as the kernel wants it: a tensor for each weight, here the same one.</summary>
    private static torch.Tensor[] Steps(torch.Tensor[] weights, long update)
    {
        var step = torch.full([], Number((float)update), device: weights[0].device);
        return [.. Enumerable.Repeat(step, weights.Length)];
    }
}

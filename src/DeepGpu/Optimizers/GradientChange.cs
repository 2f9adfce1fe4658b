using DeepGpu.Models;
using TorchSharp;

namespace DeepGpu;

/// <summary>What is done to gradients and weights around the rule: clipping, gathering, weight decay, averages.</summary>
internal static class GradientChange
{
    private static readonly OptimizerScript Script = new("""
        def clip_value(g: List[Tensor], limit: float):
            torch._foreach_clamp_min_(g, -limit)
            torch._foreach_clamp_max_(g, limit)
        def clip_norm(g: List[Tensor], limit: float):
            for x in g:
                x.mul_(limit / torch.linalg_vector_norm(x).clamp_min(limit))
        def clip_global(g: List[Tensor], limit: float):
            n = torch.linalg_vector_norm(torch.stack(torch._foreach_norm(g)))
            s = limit / n.clamp_min(limit) + (n - n)
            for x in g:
                x.mul_(s)
        def divide(g: List[Tensor], scale: float):
            torch._foreach_div_(g, scale)
        def accumulate(sum: List[Tensor], g: List[Tensor]):
            torch._foreach_add_(sum, g)
        def mean(g: List[Tensor], sum: List[Tensor], steps: float):
            torch._foreach_add_(g, sum)
            torch._foreach_div_(g, steps)
        def clear(sum: List[Tensor]):
            torch._foreach_zero_(sum)
        def decay(p: List[Tensor], factor: float):
            torch._foreach_mul_(p, factor)
        def average(a: List[Tensor], p: List[Tensor], share: float):
            torch._foreach_lerp_(a, p, share)
        def copy(to: List[Tensor], source: List[Tensor]):
            torch._foreach_copy_(to, source)

        """);

    /// <summary>Shortens gradients as the options say.</summary>
    public static void Clip(torch.Tensor[] gradients, Optimizer options)
    {
        if (options.ClipValue is { } value) Script.Call("clip_value", gradients, value);
        else if (options.ClipNorm is { } norm) Script.Call("clip_norm", gradients, norm);
        else if (options.GlobalClipNorm is { } global) Script.Call("clip_global", gradients, global);
    }

    /// <summary>Divides gradients by a number.</summary>
    public static void Divide(torch.Tensor[] gradients, double scale) => Script.Call("divide", gradients, scale);

    /// <summary>Adds gradients to those gathered.</summary>
    public static void Accumulate(WeightBatch batch) => Script.Call("accumulate", Accumulated(batch), batch.Gradients);

    /// <summary>Makes the gradients the mean of themselves and those gathered.</summary>
    public static void Mean(WeightBatch batch, int steps) => Script.Call("mean", batch.Gradients, Accumulated(batch), (double)steps);

    /// <summary>Starts the accumulation again.</summary>
    public static void Clear(WeightBatch batch) => Script.Call("clear", (object)Accumulated(batch));

    /// <summary>Takes a share of the rate off the weights that decay.</summary>
    public static void Decay(WeightBatch batch, double rate)
    {
        foreach (var alike in batch.States.Where(state => state.Decay > 0).GroupBy(state => state.Decay))
        {
            Script.Call("decay", alike.Select(state => state.Value).ToArray(), 1 - alike.Key * rate);
        }
    }

    /// <summary>Moves the averages towards the weights.</summary>
    public static void Average(WeightState[] states, double share) => Script.Call("average", Averages(states), Values(states), share);

    /// <summary>Makes the weights the averages.</summary>
    public static void Overwrite(WeightState[] states) => Script.Call("copy", Values(states), Averages(states));

    /// <summary>Exchanges weights and averages.</summary>
    public static void Swap(WeightState[] states)
    {
        var values = Array.ConvertAll(states, state => state.Value.clone());
        Overwrite(states);
        Script.Call("copy", Averages(states), values);
    }

    private static torch.Tensor[] Values(WeightState[] states) => Array.ConvertAll(states, state => state.Value);

    private static torch.Tensor[] Averages(WeightState[] states) => Array.ConvertAll(states, state => state.Average);

    private static torch.Tensor[] Accumulated(WeightBatch batch) => Array.ConvertAll(batch.States, state => state.Accumulated);
}

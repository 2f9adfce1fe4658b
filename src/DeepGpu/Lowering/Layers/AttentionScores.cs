using DeepGpu.Operations;
using TorchSharp;

namespace DeepGpu.Lowering;

/// <summary>What scaled, masked and dropped attention scores have in common.</summary>
internal static class AttentionScores
{
    /// <summary>Which keys each query may see, broadcast to (..., queries, keys); null for all.</summary>
    public static torch.Tensor? Allowed(torch.Tensor? keyMask, bool causal, torch.Tensor scores, int? window = null)
    {
        var near = causal || window is not null ? Near(scores, window - 1, causal ? 0 : window - 1) : null;
        if (keyMask is null) return near;
        return near is null ? keyMask : keyMask.logical_and(near);
    }

    /// <summary>(queries, keys): true where the key is at most so many positions before and after the query's own;
    /// null for any number.</summary>
    private static torch.Tensor Near(torch.Tensor scores, int? before, int? after)
    {
        var near = torch.ones([scores.shape[^2], scores.shape[^1]], torch.ScalarType.Bool, scores.device);
        if (after is { } a) near = near.tril(a);
        return before is { } b ? near.triu(-b) : near;
    }

    /// <summary>Which keys steps at some places see that see no later one, (batch, steps, keys).</summary>
    /// <param name="places">The places, (batch, steps).</param>
    /// <param name="keys">How many keys there are, at the places from 0 on.</param>
    /// <param name="window">How many of them a step sees, the last ones; null for all.</param>
    public static torch.Tensor Behind(torch.Tensor places, long keys, int? window)
    {
        var behind = places.unsqueeze(-1) - Arithmetic.Range(keys, torch.ScalarType.Int64, places.device);
        return window is { } n ? behind.ge(Number(0)).logical_and(behind.lt(Number(n))) : behind.ge(Number(0));
    }

    /// <summary>Numbers squeezed into (-cap, cap): cap * tanh(x / cap).</summary>
    public static torch.Tensor Capped(torch.Tensor x, double cap) => (x / Number(cap)).tanh() * Number(cap);

    /// <summary>Softmax over the keys that may be seen, in single precision or better.</summary>
    /// <param name="scores">(..., queries, keys).</param>
    /// <param name="allowed">Which keys each query may see; null for all.</param>
    /// <param name="keepsEmpty">Whether a query that may see no key sees every one alike; else it sees nothing.</param>
    public static torch.Tensor Weights(torch.Tensor scores, torch.Tensor? allowed, bool keepsEmpty = true)
        => MaskedSoftmax(Floats.AtLeastSingle(scores), allowed, keepsEmpty, [-1]).to(scores.dtype);

    /// <summary>The weights after dropout while training.</summary>
    /// <param name="weights">The weights.</param>
    /// <param name="dropout">The share set to 0 while training.</param>
    /// <param name="context">What kind of pass it is.</param>
    public static torch.Tensor Kept(torch.Tensor weights, double dropout, ForwardContext context)
        => dropout > 0 && context.IsTraining ? RegularizationLowering.Dropped(weights, weights.shape, dropout, context.Random) : weights;

    /// <summary>Softmax over what a mask keeps; the rest is 0.</summary>
    /// <param name="scores">The scores.</param>
    /// <param name="allowed">What is kept, broadcast to the scores; null for all.</param>
    /// <param name="keepsEmpty">Whether all counts alike where nothing is kept; else all of it is 0.</param>
    /// <param name="axes">The axes the softmax is over.</param>
    public static torch.Tensor MaskedSoftmax(torch.Tensor scores, torch.Tensor? allowed, bool keepsEmpty, ReadOnlySpan<int> axes)
    {
        if (allowed is null) return ActivationFunctions.Softmax(scores, axes);
        var hidden = allowed.logical_not();
        var shares = ActivationFunctions.Softmax(scores.masked_fill(hidden, Number(Lowest(scores))), axes);
        return keepsEmpty ? shares : shares.masked_fill(hidden, Number(0));
    }

    /// <summary>A number whose exponential is 0 beside any score's.</summary>
    private static double Lowest(torch.Tensor scores) => scores.dtype is torch.ScalarType.Float16 ? -65504.0 : -1e30;
}

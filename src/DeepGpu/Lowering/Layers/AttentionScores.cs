using TorchSharp;

namespace DeepGpu;

/// <summary>What scaled, masked and dropped attention scores have in common.</summary>
internal static class AttentionScores
{
    /// <summary>0 where a mask is true, a very negative number elsewhere, in the format of <paramref name="like"/>.</summary>
    public static torch.Tensor Penalty(torch.Tensor mask, torch.Tensor like)
        => mask.logical_not().to(like.dtype) * (like.dtype is torch.ScalarType.Float16 ? -65504.0 : -1e9);

    /// <summary>Which keys each query may see, broadcast to (..., queries, keys); null for all.</summary>
    public static torch.Tensor? Allowed(torch.Tensor? keyMask, bool causal, torch.Tensor scores, int? window = null)
    {
        var near = causal || window is not null ? Near(scores, window - 1, causal ? 0 : window - 1) : null;
        if (keyMask is null) return near;
        return near is null ? keyMask : keyMask.logical_and(near);
    }

    /// <summary>(queries, keys): true where the key is at most so many positions before and after the query's own; null for any number.</summary>
    private static torch.Tensor Near(torch.Tensor scores, int? before, int? after)
    {
        var near = torch.ones([scores.shape[^2], scores.shape[^1]], torch.ScalarType.Bool, scores.device);
        if (after is { } a) near = near.tril(a);
        return before is { } b ? near.triu(-b) : near;
    }

    /// <summary>Softmax over the keys that may be seen.</summary>
    public static torch.Tensor Weights(torch.Tensor scores, torch.Tensor? allowed)
        => (allowed is null ? scores : scores + Penalty(allowed, scores)).softmax(-1);

    /// <summary>The weights after dropout while training.</summary>
    public static torch.Tensor Kept(torch.Tensor weights, double dropout, ForwardContext context)
        => dropout > 0 && context.IsTraining ? RegularizationLowering.Dropped(weights, weights.shape, dropout, context.Random) : weights;
}

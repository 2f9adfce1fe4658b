using DeepGpu.Models;
using DeepGpu.Operations;
using TorchSharp;

namespace DeepGpu.Lowering;

/// <summary>Attention of turned queries and keys. Keys are turned before they are kept.</summary>
internal sealed class LiveRotaryAttention(RotaryAttention layer, LoweringContext context)
    : LiveDecoderAttention(layer, pairsNeighbours: false, context)
{
    private readonly LiveWeight? _sinks = context.OptionalWeight(RotaryAttention.Sinks);

    public override IReadOnlyList<Signal> Forward(IReadOnlyList<Signal> inputs, ForwardContext context)
    {
        var (query, key, value) = Split(inputs);
        var places = Places(inputs[0].Tensor, context);
        var (cache, whole) = (context.Cache, context.Cache?.Whole ?? key.shape[2]);
        var turned = Rotation.Apply(key, places, whole);
        var (keys, values) = cache is null ? (turned, value) : (cache.Extend(turned), cache.Extend(value));
        var scores = Scores(Rotation.Apply(query, places, whole) * Number(layer.ScoreScale), keys);
        if (layer.LogitSoftCap is { } cap) scores = AttentionScores.Capped(scores, cap);
        var seen = Seen(places, keys.shape[2], inputs[^1].Mask ?? inputs[0].Mask, layer.SlidingWindow);
        return [new(Joined(Weighed(Shares(scores, seen, context), values)), inputs[0].Mask)];
    }

    /// <summary>Each head's queries, keys and values, (batch, heads, steps, features).</summary>
    private (torch.Tensor Query, torch.Tensor Key, torch.Tensor Value) Split(IReadOnlyList<Signal> inputs)
    {
        if (inputs.Count == 3) return (Heads(inputs[0].Tensor, layer.NumQueryHeads), Heads(inputs[2].Tensor, layer.NumKeyValueHeads),
            Heads(inputs[1].Tensor, layer.NumKeyValueHeads));
        var all = Heads(inputs[0].Tensor, layer.NumQueryHeads + 2 * layer.NumKeyValueHeads);
        return (all.narrow(1, 0, layer.NumQueryHeads), all.narrow(1, layer.NumQueryHeads, layer.NumKeyValueHeads),
            all.narrow(1, layer.NumQueryHeads + layer.NumKeyValueHeads, layer.NumKeyValueHeads));
    }

    /// <summary>(batch, query heads, steps, keys): queries that share keys are multiplied with them together.</summary>
    private torch.Tensor Scores(torch.Tensor query, torch.Tensor keys)
        => Products.ByBatch(Grouped(query), keys.transpose(-1, -2)).reshape([.. query.shape[..3], keys.shape[2]]);

    private torch.Tensor Weighed(torch.Tensor shares, torch.Tensor values)
        => Products.ByBatch(Grouped(shares), values).reshape([.. shares.shape[..3], layer.HeadDim]);

    /// <summary>(batch, query heads, steps, n) as (batch, key heads, queries that share them, n).</summary>
    private torch.Tensor Grouped(torch.Tensor heads)
        => heads.reshape(heads.shape[0], layer.NumKeyValueHeads, -1, heads.shape[3]);

    /// <summary>The scores' weights; a sink takes its share and is dropped.</summary>
    private torch.Tensor Shares(torch.Tensor scores, torch.Tensor? seen, ForwardContext context)
    {
        if (_sinks is null) return Weights(scores, seen, context);
        var keys = scores.shape[3];
        var sinks = _sinks.Value.to(scores.dtype).reshape(1, -1, 1, 1).expand(scores.shape[0], scores.shape[1], scores.shape[2], 1);
        var all = seen is null ? null : torch.cat([seen, torch.ones_like(seen.narrow(-1, 0, 1))], -1);
        return Weights(torch.cat([scores, sinks], -1), all, context).narrow(-1, 0, keys);
    }
}

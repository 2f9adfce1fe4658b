using DeepGpu.Models;
using DeepGpu.Models.Layers;
using DeepGpu.Operations;
using TorchSharp;

namespace DeepGpu.Lowering;

/// <summary>Attention in several heads. Attended axes are joined to one, so that any number of them works alike.</summary>
internal sealed class LiveProjectedAttention(ProjectedAttention layer, LoweringContext context) : LiveLayer
{
    private readonly Projection _query = new(context, layer, "query_dense", inputAxes: 1);
    private readonly Projection _key = new(context, layer, "key_dense", inputAxes: 1);
    private readonly Projection? _gate = layer.UseGate ? new(context, layer, "gate_dense", inputAxes: 1) : null;
    private readonly Projection _value = new(context, layer, "value_dense", inputAxes: 1);
    private readonly Projection _output = new(context, layer, "output_dense", inputAxes: 2);

    public override IReadOnlyList<Signal> Forward(IReadOnlyList<Signal> inputs, ForwardContext context)
    {
        var (query, value, key) = (inputs[0], inputs[1], inputs.Count > 2 ? inputs[2] : inputs[1]);
        var queries = Heads.Split(_query.Apply(query.Tensor), layer.AttendedAxes((int)query.Tensor.dim()));
        var keys = Heads.Split(_key.Apply(key.Tensor), layer.AttendedAxes((int)key.Tensor.dim()));
        var values = Heads.Split(_value.Apply(value.Tensor), layer.AttendedAxes((int)value.Tensor.dim()));
        if (context.Cache is { } cache && layer.UseCausalMask)
            (keys, values) = (keys with { Tensor = cache.Extend(keys.Tensor) }, values with { Tensor = cache.Extend(values.Tensor) });
        var scores = Products.ByBatch(queries.Tensor * Number(1 / Math.Sqrt(layer.HeadKeyDim)), Shared(keys.Tensor).transpose(-1, -2));
        if (layer.LogitSoftCap is { } cap) scores = AttentionScores.Capped(scores, cap);
        var allowed = context.Cache is { } kept && layer.UseCausalMask
            ? AttentionScores.Behind(kept.Positions, kept.Length, layer.SlidingWindow).unsqueeze(1)
            : AttentionScores.Allowed(Mask(query, value, key, scores), layer.UseCausalMask, scores, layer.SlidingWindow);
        var weights = AttentionScores.Weights(scores, allowed, KeepsEmpty(scores, context));
        var heads = queries.Join(Products.ByBatch(AttentionScores.Kept(weights, layer.Dropout, context), Shared(values.Tensor)));
        var gated = _gate is null ? heads : heads * _gate.Apply(query.Tensor).sigmoid();
        var output = new Signal(_output.Apply(gated), StepsOf(query.Mask));
        return layer.ReturnAttentionScores ? [output, new(Scores(weights, queries, keys))] : [output];
    }

    /// <summary>Whether a query that may see no key sees all alike. In Keras it does in its fused attention, which runs where nobody asks
    /// for scores, no score is dropped and one axis is attended over; in its other form it sees nothing.</summary>
    private bool KeepsEmpty(torch.Tensor scores, ForwardContext context)
        => !layer.ReturnAttentionScores && scores.dim() == 4 && !(layer.Dropout > 0 && context.IsTraining);

    /// <summary>Each head of keys or values once for each of the queries' heads that share it.</summary>
    private torch.Tensor Shared(torch.Tensor heads)
        => layer.QueryHeads == layer.KeyHeads ? heads : heads.repeat_interleave(layer.QueryHeads / layer.KeyHeads, heads.dim() - 3);

    /// <summary>Which keys each query may see by the masks of the inputs, for one attended axis: (batch, 1 or heads, queries,
    /// keys).</summary>
    private static torch.Tensor? Mask(Signal query, Signal value, Signal key, torch.Tensor scores)
    {
        var given = query.Mask is { } mask ? mask.dim() == 2 ? mask.unsqueeze(-1) : mask : null;
        var parts = new[] { given, value.Mask?.unsqueeze(-2), key.Mask?.unsqueeze(-2) }.OfType<torch.Tensor>().Select(part
            => part.dim() == 3 ? part.unsqueeze(1) : part).ToList();
        return parts.Count == 0 || scores.dim() != 4 ? null : parts.Aggregate((a, b) => a.logical_and(b));
    }

    /// <summary>The mask of the output's steps; a mask of queries against keys is none.</summary>
    private static torch.Tensor? StepsOf(torch.Tensor? mask) => mask?.dim() == 2 ? mask : null;

    private static torch.Tensor Scores(torch.Tensor weights, Heads queries, Heads keys)
        => weights.reshape([.. weights.shape[..^2], .. queries.AttendedLengths, .. keys.AttendedLengths]);

    /// <summary>A product over the last axes with a kernel, plus a bias, as EinsumDense does it.</summary>
    private sealed class Projection(LoweringContext context, ProjectedAttention layer, string name, int inputAxes)
    {
        private readonly LiveWeight _kernel = context.Weight($"{layer.NamePrefix}{name}/kernel");
        private readonly LiveWeight? _bias = context.OptionalWeight($"{layer.NamePrefix}{name}/bias");
        private readonly LiveAdapter? _adapter = LiveAdapter.Of(Lora.Of(layer.LoraAdapters, layer.NamePrefix + name), context);

        public torch.Tensor Apply(torch.Tensor x)
        {
            var kernel = _adapter is null ? _kernel.Value : _kernel.Value.Plus(_adapter.Product);
            var product = Products.ByMatrix(x.flatten(x.dim() - inputAxes), kernel.flatten(0, inputAxes - 1).flatten(1));
            var shaped = product.reshape([.. x.shape[..^inputAxes], .. kernel.shape[inputAxes..]]);
            return _bias is null ? shaped : shaped.Plus(_bias.Value);
        }
    }

    /// <summary>(batch, free..., heads, attended joined, dim), and the way back.</summary>
    private readonly record struct Heads(torch.Tensor Tensor, long[] AttendedLengths, long[] Order, long[] MovedShape)
    {
        /// <summary>Splits a projected tensor (batch, axes..., heads, dim).</summary>
        public static Heads Split(torch.Tensor projected, IReadOnlyList<int> attended)
        {
            var rank = (int)projected.dim();
            var free = Enumerable.Range(1, rank - 3).Except(attended).Select(axis => (long)axis);
            long[] order = [0, .. free, rank - 2, .. attended.Select(axis => (long)axis), rank - 1];
            var moved = projected.permute(order);
            var start = rank - 1 - attended.Count;
            return new(moved.flatten(start, rank - 2), moved.shape[start..^1], order, moved.shape);
        }

        /// <summary>(batch, axes..., heads, dim) again, the last axis that of the values.</summary>
        public torch.Tensor Join(torch.Tensor output)
        {
            var order = Order;
            var unflattened = output.reshape([.. MovedShape[..^1], output.shape[^1]]);
            return unflattened.permute([.. Enumerable.Range(0, order.Length).Select(axis => (long)Array.IndexOf(order, axis))]);
        }
    }
}

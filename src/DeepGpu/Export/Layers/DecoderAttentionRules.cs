using DeepGpu.Models;

namespace DeepGpu.Export;

/// <summary>Attention of decoders, whose queries and keys are turned by their position.</summary>
internal static class DecoderAttentionRules
{
    public static ExportTable AddTo(ExportTable table) => table
        .With<RotaryAttention>(Rotary)
        .With<LatentAttention>(Latent);

    /// <summary>(batch, steps, heads x features) or (batch, steps, heads, features) as (batch, heads, steps, features).</summary>
    private static GraphValue Heads(GraphWriter g, GraphValue x, int heads)
    {
        var features = x.Shape.Axes.Skip(2).Aggregate(1, (n, length) => n * length!.Value) / heads;
        return g.Transpose(g.Reshape(x, Dim.Along(x, 0), Dim.Along(x, 1), heads, features), 0, 2, 1, 3);
    }

    private static GraphValue Joined(GraphWriter g, GraphValue heads)
    {
        var steps = g.Transpose(heads, 0, 2, 1, 3);
        return g.Reshape(steps, Dim.Along(steps, 0), Dim.Along(steps, 1), steps.Shape[2]!.Value * steps.Shape[3]!.Value);
    }

    private static GraphValue? Seen(DecoderAttention layer, GraphWriter g, GraphValue scores, GraphValue? mask, int? window = null)
        => AttentionRules.Allowed(g, mask is null ? null : g.Unsqueeze(g.Cast(mask, DataType.Bool), 1, 2), layer.UseCausalMask, scores,
            window);

    private static IReadOnlyList<ExportSignal> Rotary(RotaryAttention layer, ExportContext context, IReadOnlyList<ExportSignal> inputs)
    {
        var (g, turn) = (context.Graph, new RotaryTurnRule(layer, pairsNeighbours: false, context, inputs[0].Tensor));
        var (query, key, value) = Split(layer, g, inputs);
        var keys = Shared(layer, g, turn.Apply(key));
        var scores = g.MatMul(g.Multiply(turn.Apply(query), layer.ScoreScale), g.Transpose(keys, 0, 1, 3, 2));
        if (layer.LogitSoftCap is { } cap) scores = CoreRules.Capped(g, scores, cap);
        var seen = Seen(layer, g, scores, inputs[^1].Mask ?? inputs[0].Mask, layer.SlidingWindow);
        return [new(Joined(g, g.MatMul(Shares(context, scores, seen), Shared(layer, g, value))), inputs[0].Mask)];
    }

    private static (GraphValue Query, GraphValue Key, GraphValue Value) Split(RotaryAttention layer, GraphWriter g,
        IReadOnlyList<ExportSignal> inputs)
    {
        var (queries, keys) = (layer.NumQueryHeads, layer.NumKeyValueHeads);
        if (inputs.Count == 3)
            return (Heads(g, inputs[0].Tensor, queries), Heads(g, inputs[2].Tensor, keys), Heads(g, inputs[1].Tensor, keys));
        var parts = g.Split(Heads(g, inputs[0].Tensor, queries + 2 * keys), 1, [queries, keys, keys]);
        return (parts[0], parts[1], parts[2]);
    }

    private static GraphValue Shared(RotaryAttention layer, GraphWriter g, GraphValue heads)
        => layer.NumQueryHeads == layer.NumKeyValueHeads ? heads : g.Gather(heads, g.Whole(Enumerable.Range(0, layer.NumQueryHeads)
            .Select(head => head / (layer.NumQueryHeads / layer.NumKeyValueHeads))), 1);

    /// <summary>A sink takes its share of each row and gives nothing.</summary>
    private static GraphValue Shares(ExportContext context, GraphValue scores, GraphValue? seen)
    {
        var g = context.Graph;
        if (context.OptionalWeight(RotaryAttention.Sinks, s => s.Reshape(1, -1, 1, 1)) is not { } sinks)
            return MaskRules.Softmax(g, scores, seen, keepsEmpty: true, [-1]);
        var wide = g.Expand(sinks, [.. Dim.AllOf(scores).SkipLast(1), 1]);
        var all = seen is null ? null : g.Concatenate([seen, Ever(g, g.Narrow(seen, -1, 0, 1))], -1);
        var shares = MaskRules.Softmax(g, g.Concatenate([scores, wide], -1), all, keepsEmpty: true, [-1]);
        return scores.Shape[^1] is { } keys ? g.Narrow(shares, -1, 0, keys) : g.Slice(shares, 3, 0, -1, 1, null);
    }

    /// <summary>True wherever a truth value stands.</summary>
    private static GraphValue Ever(GraphWriter g, GraphValue truth) => g.Or(truth, g.Not(truth));

    private static IReadOnlyList<ExportSignal> Latent(LatentAttention layer, ExportContext context, IReadOnlyList<ExportSignal> inputs)
    {
        var (g, turn) = (context.Graph, new RotaryTurnRule(layer, pairsNeighbours: true, context, inputs[0].Tensor));
        var heads = g.Multiply(Heads(g, inputs[0].Tensor, layer.NumHeads), layer.ScoreScale);
        var query = g.Split(heads, -1, [layer.HeadDim, layer.RotaryDim]);
        var compressed = inputs[1].Tensor;
        var flat = g.Reshape(compressed, Dim.Along(compressed, 0), Dim.Along(compressed, 1), layer.LatentDim + layer.RotaryDim);
        var parts = g.Split(flat, -1, [layer.LatentDim, layer.RotaryDim]);
        var latent = context.Run(layer.Normalization, LatentAttention.Norm, parts[0]);
        var both = g.Split(Heads(g, g.MatMul(latent, context.Weight(LatentAttention.Kernel)), layer.NumHeads), -1,
            [layer.HeadDim, layer.ValueDim]);
        var turnedKey = g.Transpose(turn.Apply(g.Unsqueeze(parts[1], 1)), 0, 1, 3, 2);
        var scores = g.Add(g.MatMul(query[0], g.Transpose(both[0], 0, 1, 3, 2)), g.MatMul(turn.Apply(query[1]), turnedKey));
        var seen = Seen(layer, g, scores, inputs[1].Mask ?? inputs[0].Mask);
        var output = g.MatMul(MaskRules.Softmax(g, scores, seen, keepsEmpty: true, [-1]), both[1]);
        return [new(Joined(g, output), inputs[0].Mask)];
    }
}

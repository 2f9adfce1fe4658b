using DeepGpu.Models;
using DeepGpu.Models.Layers;

namespace DeepGpu.Export;

/// <summary>Attention of several heads: projections, scores, shares, and the output's projection.</summary>
internal static class ProjectedAttentionRule
{
    public static IReadOnlyList<ExportSignal> Run(ProjectedAttention layer, ExportContext context, IReadOnlyList<ExportSignal> inputs)
    {
        var (g, query, value, key) = (context.Graph, inputs[0], inputs[1], inputs.Count > 2 ? inputs[2] : inputs[1]);
        var queries = Split(layer, context, "query_dense", query.Tensor);
        var keys = Split(layer, context, "key_dense", key.Tensor);
        var values = Split(layer, context, "value_dense", value.Tensor);
        var scaled = g.Multiply(queries.Value, 1 / Math.Sqrt(layer.HeadKeyDim));
        var scores = g.MatMul(scaled, LastTwoSwapped(g, Shared(layer, g, keys.Value)));
        if (layer.LogitSoftCap is { } cap) scores = CoreRules.Capped(g, scores, cap);
        var mask = scores.Rank == 4 ? Mask(g, query, value, key) : null;
        var allowed = AttentionRules.Allowed(g, mask, layer.UseCausalMask, scores, layer.SlidingWindow);
        var weights = MaskRules.Softmax(g, scores, allowed, !layer.ReturnAttentionScores && scores.Rank == 4, [-1]);
        var heads = queries.Join(g, g.MatMul(weights, Shared(layer, g, values.Value)));
        if (layer.UseGate) heads = g.Multiply(heads, g.Unary("Sigmoid", Project(layer, context, "gate_dense", query.Tensor, 1)));
        var output = new ExportSignal(Project(layer, context, "output_dense", heads, 2), MaskRules.StepsOf(query.Mask));
        if (!layer.ReturnAttentionScores) return [output];
        var lengths = Dim.AllOf(weights).SkipLast(2).Concat(queries.Attended).Concat(keys.Attended);
        return [output, new(g.Reshape(weights, [.. lengths]))];
    }

    /// <summary>A product with a kernel of several axes, of which the first are summed over.</summary>
    private static GraphValue Project(ProjectedAttention layer, ExportContext context, string name, GraphValue x, int summed)
    {
        var (g, path) = (context.Graph, layer.NamePrefix + name);
        var shape = context.Numbers($"{path}/kernel").Shape;
        var rows = shape[..summed].Aggregate(1, (a, b) => a * b);
        var kernel = context.Weight($"{path}/kernel", k => AdaptedRules.WithLora(k, Lora.Of(layer.LoraAdapters, path), context)
            .Reshape(rows, -1));
        var flat = summed == 1 ? x : g.Reshape(x, [.. Dim.AllOf(x).SkipLast(summed), rows]);
        var bias = context.OptionalWeight($"{path}/bias", b => b.Reshape(-1));
        var product = g.Linear(flat, kernel, bias);
        return shape.Length == summed + 1 ? product
            : g.Reshape(product, [.. Dim.AllOf(x).SkipLast(summed), .. shape[summed..].Select(length => (Dim)length)]);
    }

    private static Heads Split(ProjectedAttention layer, ExportContext context, string name, GraphValue x)
    {
        var projected = Project(layer, context, name, x, 1);
        var attended = layer.AttendedAxes(x.Rank);
        var rank = projected.Rank;
        int[] order = [0, .. Enumerable.Range(1, rank - 3).Except(attended), rank - 2, .. attended, rank - 1];
        var g = context.Graph;
        var moved = g.Transpose(projected, order);
        List<Dim> lengths = [.. attended.Select(axis => Dim.Along(projected, axis))];
        Dim joined = lengths.Count == 1 ? lengths[0]
            : new(lengths.Aggregate((int?)1, (n, dim) => n * dim.Known));
        var flat = g.Reshape(moved, [.. Dim.AllOf(moved).Take(rank - 1 - attended.Length), joined, Dim.Along(moved, -1)]);
        return new(flat, lengths, order, [.. Dim.AllOf(moved).SkipLast(1)]);
    }

    /// <summary>Heads of keys that several heads of queries share.</summary>
    private static GraphValue Shared(ProjectedAttention layer, GraphWriter g, GraphValue heads)
        => layer.QueryHeads == layer.KeyHeads ? heads : g.Gather(heads,
            g.Whole(Enumerable.Range(0, layer.QueryHeads).Select(head => head / (layer.QueryHeads / layer.KeyHeads))), -3);

    private static GraphValue LastTwoSwapped(GraphWriter g, GraphValue x)
        => g.Transpose(x, [.. Enumerable.Range(0, x.Rank - 2), x.Rank - 1, x.Rank - 2]);

    private static GraphValue? Mask(GraphWriter g, ExportSignal query, ExportSignal value, ExportSignal key)
    {
        var given = query.Mask is { Rank: 2 } steps ? g.Unsqueeze(steps, -1) : query.Mask;
        var parts = new[] { given, value.Mask is { } v ? g.Unsqueeze(v, -2) : null, key.Mask is { } k ? g.Unsqueeze(k, -2) : null }
            .OfType<GraphValue>().Select(part => part.Rank == 3 ? g.Unsqueeze(part, 1) : part).ToList();
        return parts.Count == 0 ? null : parts.Aggregate(g.And);
    }

    /// <summary>Projected values as matrices (batch, ..., heads, attended, features), and how to put them back.</summary>
    private sealed record Heads(GraphValue Value, IReadOnlyList<Dim> Attended, int[] Order, IReadOnlyList<Dim> Moved)
    {
        public GraphValue Join(GraphWriter g, GraphValue output)
        {
            var unflattened = g.Reshape(output, [.. Moved, Dim.Along(output, -1)]);
            return g.Transpose(unflattened, [.. Enumerable.Range(0, Order.Length).Select(axis => Array.IndexOf(Order, axis))]);
        }
    }
}

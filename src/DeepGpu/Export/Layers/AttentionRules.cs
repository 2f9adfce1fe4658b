using DeepGpu.Models;

namespace DeepGpu.Export;

/// <summary>Attention, by its parts.</summary>
internal static class AttentionRules
{
    public static ExportTable AddTo(ExportTable table) => table
        .With<AttentionLayer>(Plain)
        .With<ProjectedAttention>(ProjectedAttentionRule.Run);

    /// <summary>Which keys a query may see: those that count, those before it, those near it; null for all.</summary>
    public static GraphValue? Allowed(GraphWriter g, GraphValue? keyMask, bool causal, GraphValue scores, int? window = null)
    {
        var near = causal || window is not null ? Near(g, scores, window - 1, causal ? 0 : window - 1) : null;
        if (keyMask is null) return near;
        return near is null ? keyMask : g.And(keyMask, near);
    }

    /// <summary>Truth values (queries, keys): the key lies at most so far after the query, and so far before it.</summary>
    private static GraphValue Near(GraphWriter g, GraphValue scores, int? before, int? after)
    {
        var queries = g.Unsqueeze(g.Positions(Dim.Along(scores, -2)), 1);
        var ahead = g.Subtract(g.Unsqueeze(g.Positions(Dim.Along(scores, -1)), 0), queries);
        var near = after is { } a ? g.Compare("LessOrEqual", ahead, a) : null;
        var late = before is { } b ? g.Compare("GreaterOrEqual", ahead, -b) : null;
        return near is null ? late! : late is null ? near : g.And(near, late);
    }

    private static IReadOnlyList<ExportSignal> Plain(AttentionLayer layer, ExportContext context, IReadOnlyList<ExportSignal> inputs)
    {
        var (g, query, value, key) = (context.Graph, inputs[0], inputs[1], inputs.Count > 2 ? inputs[2] : inputs[1]);
        var scores = Scores(layer, context, query.Tensor, key.Tensor);
        var keyMask = value.Mask is { } mask ? g.Unsqueeze(mask, 1) : null;
        var weights = MaskRules.Softmax(g, scores, Allowed(g, keyMask, layer.UseCausalMask, scores), keepsEmpty: true, [-1]);
        var output = g.MatMul(weights, value.Tensor);
        if (query.Mask is not null) output = g.Multiply(output, g.Cast(g.Unsqueeze(query.Mask, -1), DataType.Float32));
        return layer.ReturnAttentionScores ? [new(output, query.Mask), new(weights)] : [new(output, query.Mask)];
    }

    private static GraphValue Scores(AttentionLayer layer, ExportContext context, GraphValue query, GraphValue key)
    {
        var g = context.Graph;
        GraphValue Scaled(GraphValue x) => context.OptionalWeight("scale") is { } scale ? g.Multiply(x, scale) : x;
        if (layer is Attention { ScoreMode: AttentionScore.Dot }) return Scaled(g.MatMul(query, g.Transpose(key, 0, 2, 1)));
        var sums = g.Add(g.Unsqueeze(query, -2), g.Unsqueeze(key, -3));
        if (layer is AdditiveAttention) return g.Sum(Scaled(g.Unary("Tanh", sums)), [-1], keepsAxes: false);
        return g.Multiply(g.Sum(g.Unary("Tanh", Scaled(sums)), [-1], keepsAxes: false), context.Weight("concat_score_weight"));
    }
}

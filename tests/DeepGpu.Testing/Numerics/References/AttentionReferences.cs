using DeepGpu.Models;
using static DeepGpu.Testing.Numerics.Scalar;

namespace DeepGpu.Testing.Numerics;

/// <summary>Attention without projections: softmax of scores of queries and keys, times the values.</summary>
internal static class AttentionReferences
{
    public static void Add()
    {
        ReferenceTable.AddMany<Attention>((layer, call) => Run(layer, call, Score(layer, call)));
        ReferenceTable.AddMany<AdditiveAttention>((layer, call) => Run(layer, call, Score(call)));
        ReferenceTable.AddMany<MultiHeadAttention>(MultiHeadReference.Run);
        ReferenceTable.AddMany<GroupedQueryAttention>(MultiHeadReference.Run);
    }

    private delegate Scalar Scorer(int sample, int query, int key);

    /// <summary>q . k times a scale, or w * sum(tanh(scale * (q + k))).</summary>
    private static Scorer Score(Attention layer, Call call)
    {
        var (q, k) = (call.X, call.Inputs[^1].Values);
        var scale = call.Weights.Find("scale")?.Data[0] ?? 1;
        if (layer.ScoreMode == AttentionScore.Dot) return (n, i, j) => Over(q, f => q[n, i, f] * k[n, j, f]) * scale;
        var weight = call.Weights["concat_score_weight"].Data[0];
        return (n, i, j) => weight * Over(q, f => Tanh(scale * (q[n, i, f] + k[n, j, f])));
    }

    /// <summary>sum(scale * tanh(q + k)), a scale for each feature.</summary>
    private static Scorer Score(Call call)
    {
        var (q, k, scale) = (call.X, call.Inputs[^1].Values, call.Weights.Find("scale"));
        return (n, i, j) => Over(q, f => (scale is null ? 1 : scale[f]) * Tanh(q[n, i, f] + k[n, j, f]));
    }

    private static Scalar Over(Values q, Func<int, Scalar> term) => Sum(Enumerable.Range(0, q.Shape[2]).Select(term));

    /// <summary>Masked values and, with a causal mask, later ones get no weight; masked queries yield 0.</summary>
    private static IReadOnlyList<Flow> Run(AttentionLayer layer, Call call, Scorer score)
    {
        var (q, v) = (call.X, call.Inputs[1].Values);
        bool Sees(int n, int i, int j) => (call.Inputs[1].Mask?[n, j] ?? true) && (!layer.UseCausalMask || j <= i);
        var scores = Functions.Rows(Values.Of([q.Shape[0], q.Shape[1], v.Shape[1]], at => score(at[0], at[1], at[2])), row => [.. row]);
        var weights = Weights(scores, Sees);
        var output = Values.Of([q.Shape[0], q.Shape[1], v.Shape[2]], at => call.Mask?[at[0], at[1]] == false
            ? 0
            : Sum(Enumerable.Range(0, v.Shape[1]).Select(j => weights[at[0], at[1], j] * v[at[0], j, at[2]])));
        return layer.ReturnAttentionScores ? [new(output, call.Mask), new(weights)] : [new(output, call.Mask)];
    }

    /// <summary>The softmax of each row over the keys that are seen, at least one.</summary>
    private static Values Weights(Values scores, Func<int, int, int, bool> sees)
    {
        var seen = Values.Of(scores.Shape, at => sees(at[0], at[1], at[2]) ? Exp(scores[at]) : 0);
        return Reductions.Combine(seen, Reductions.Reduce(seen, [2], keep: true, Sum), (power, sum) => power / sum);
    }
}

using DeepGpu.Models;
using static DeepGpu.Testing.Numerics.Scalar;

namespace DeepGpu.Testing.Numerics;

/// <summary>Attention in heads: softmax(q . k / sqrt(key dim)) . v of projected queries, keys and values, then a projection of all heads.
/// Vaswani et al., 2017.</summary>
/// <remarks>Neighbouring heads of queries may share a head of keys and values. Ainslie et al., 2023.</remarks>
internal static class MultiHeadReference
{
    public static IReadOnlyList<Flow> Run(ProjectedAttention layer, Call call)
    {
        var (q, k, v) = (Project(call, "query_dense", 0), Project(call, "key_dense", call.Inputs.Count - 1),
            Project(call, "value_dense", 1));
        var attended = Attended(layer, call.X.Rank);
        var shared = q.Shape[^2] / k.Shape[^2];
        var (scores, keys) = Scores(layer, call, q, k, attended);
        var heads = Values.Of([.. q.Shape[..^1], v.Shape[^1]],
            at => Sum(keys(at).Select((key, j) => scores[[.. at[..^1], j]] * v[[.. key, at[^2] / shared, at[^1]]])));
        if (layer.UseGate) heads = heads.Zip(Project(call, "gate_dense", 0), (head, gate) => head * Sigmoid(gate));
        var output = new Flow(Mix(call, heads), call.Mask);
        return layer.ReturnAttentionScores ? [output, new(Ordered(scores, q, k, attended))] : [output];
    }

    private static int[] Attended(ProjectedAttention layer, int rank)
        => [.. ((layer as MultiHeadAttention)?.AttentionAxes ?? [.. Enumerable.Range(1, rank - 2)])
            .Select(axis => axis < 0 ? axis + rank : axis)];

    /// <summary>(..., features) to (..., heads, length of a head).</summary>
    private static Values Project(Call call, string name, int input)
    {
        var (x, weights) = (call.Inputs[input].Values, Part(call, name));
        var kernel = weights["kernel"];
        var flat = CoreReferences.Product(x, kernel.Reshape(kernel.Shape[0], kernel.Shape[1] * kernel.Shape[2]),
            weights.Find("bias")?.Reshape(kernel.Shape[1] * kernel.Shape[2]));
        return flat.Reshape([.. x.Shape[..^1], .. kernel.Shape[1..]]);
    }

    /// <summary>Grouped attention's parts have names with a leading "_", as in Keras.</summary>
    private static WeightValues Part(Call call, string name)
        => call.Weights.Inside(call.Weights.Parts.Contains(name) ? name : "_" + name);

    /// <summary>All heads' values to the output's axes.</summary>
    private static Values Mix(Call call, Values heads)
    {
        var weights = Part(call, "output_dense");
        var (kernel, bias) = (weights["kernel"], weights.Find("bias"));
        var length = kernel.Shape[2..].Aggregate(1, (a, b) => a * b);
        var inner = kernel.Shape[0] * kernel.Shape[1];
        var flat = CoreReferences.Product(heads.Reshape([.. heads.Shape[..^2], inner]), kernel.Reshape(inner, length),
            bias?.Reshape(length));
        return flat.Reshape([.. heads.Shape[..^2], .. kernel.Shape[2..]]);
    }

    /// <summary>For each query position and head the weights of the keys it meets, and which positions those are.</summary>
    private static (Values Weights, Func<int[], List<int[]>> Keys) Scores(ProjectedAttention layer, Call call, Values q, Values k,
        int[] attended)
    {
        List<int[]> Keys(int[] query) => KeyPositions(query, k, attended);
        var (length, shared) = (q.Shape[^1], q.Shape[^2] / k.Shape[^2]);
        var count = attended.Aggregate(1, (product, axis) => product * k.Shape[axis]);
        var scores = Values.Of([.. q.Shape[..^1], count], at =>
        {
            var key = Keys(at)[at[^1]];
            if (!Sees(layer, call, at, key)) return double.NegativeInfinity;
            var products = Enumerable.Range(0, length).Select(d => q[[.. at[..^1], d]] * k[[.. key, at[^2] / shared, d]]);
            var score = Sum(products) / Math.Sqrt(length);
            return layer.LogitSoftCap is { } cap ? cap * Tanh(score / cap) : score;
        });
        return (Functions.Rows(scores, row => Softmax(row, seesAllIfNone: !layer.ReturnAttentionScores)), Keys);
    }

    /// <summary>The key positions (batch, ...) that agree with a query's on the axes that are not attended over.</summary>
    private static List<int[]> KeyPositions(int[] query, Values k, int[] attended)
    {
        int[] lengths = [.. k.Shape[..^2].Select((length, axis) => attended.Contains(axis) ? length : 1)];
        return [.. Values.Positions(lengths).Select(at => at.Select((index, axis) => attended.Contains(axis) ? index : query[axis])
            .ToArray())];
    }

    /// <summary>Masks and windows are those of one attended axis, time.</summary>
    private static bool Sees(ProjectedAttention layer, Call call, int[] query, int[] key)
    {
        var (n, i, j) = (query[0], query[1], key[1]);
        if (layer.UseCausalMask && j > i || layer.SlidingWindow is { } window && Math.Abs(i - j) >= window) return false;
        return (call.Mask?[n, i] ?? true) && (call.Inputs[1].Mask?[n, j] ?? true)
            && (call.Inputs.Count < 3 || (call.Inputs[2].Mask?[n, j] ?? true));
    }

    /// <summary>Where no key may be seen, Keras's fused attention, which yields no scores, sees all alike; else nothing is seen.</summary>
    private static Scalar[] Softmax(IReadOnlyList<Scalar> row, bool seesAllIfNone)
    {
        if (row.All(x => double.IsNegativeInfinity(x.Value)))
            return [.. row.Select(_ => (Scalar)(seesAllIfNone ? 1.0 / row.Count : 0))];
        var powers = row.Select(x => double.IsNegativeInfinity(x.Value) ? 0 : Exp(x)).ToArray();
        var sum = Sum(powers);
        return Array.ConvertAll(powers, power => power / sum);
    }

    /// <summary>The weights as (batch, axes not attended over, heads, attended axes of the queries, of the keys).</summary>
    private static Values Ordered(Values scores, Values q, Values k, int[] attended)
    {
        var last = q.Rank - 2;
        var split = scores.Reshape([.. q.Shape[..^1], .. attended.Select(axis => k.Shape[axis])]);
        int[] free = [.. Enumerable.Range(1, last - 1).Where(axis => !attended.Contains(axis))];
        return split.Transpose([0, .. free, last, .. attended, .. Enumerable.Range(last + 1, attended.Length)]);
    }
}

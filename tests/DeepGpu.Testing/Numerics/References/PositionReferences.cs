using DeepGpu.Models;
using static DeepGpu.Testing.Numerics.Scalar;

namespace DeepGpu.Testing.Numerics;

/// <summary>What tells positions apart, and embeddings that go both ways.</summary>
internal static class PositionReferences
{
    public static void Add()
    {
        ReferenceTable.Add<RotaryEmbedding>(Rotate);
        ReferenceTable.Add<SinePositionEncoding>((layer, call)
            => Values.Of(call.X.Shape, at => Sine(layer, call.X.Shape[^1], at[^2], at[^1])));
        ReferenceTable.Add<PositionEmbedding>((_, call) => Values.Of(call.X.Shape, at => call.Weights["embeddings"][at[^2], at[^1]]));
        ReferenceTable.AddMany<TokenAndPositionEmbedding>(Words);
        ReferenceTable.Add<AlibiBias>((layer, call) => Values.Of(call.X.Shape,
            at => call.X[at] + Slope(layer, call.X.Shape[1], at[1]) * (at[3] - (call.X.Shape[3] - 1))));
        ReferenceTable.AddMany<ReversibleEmbedding>(BothWays);
    }

    /// <summary>(a, b) becomes (a cos - b sin, b cos + a sin). Su et al., 2021, equation 34, with halves as pairs.</summary>
    private static Values Rotate(RotaryEmbedding layer, Call call)
    {
        var x = call.X;
        var (steps, features) = ((layer.SequenceAxis + x.Rank) % x.Rank, (layer.FeatureAxis + x.Rank) % x.Rank);
        var half = x.Shape[features] / 2;
        return Values.Of(x.Shape, at =>
        {
            var (i, isFirst) = (at[features] % half, at[features] < half);
            var angle = at[steps] / layer.ScalingFactor / Math.Pow(layer.MaxWavelength, (double)i / half);
            int[] other = [.. at];
            other[features] = isFirst ? i + half : i;
            return x[at] * Math.Cos(angle) + x[other] * (isFirst ? -Math.Sin(angle) : Math.Sin(angle));
        });
    }

    /// <summary>PE(t, 2i) = sin(t / base^(2i/d)), PE(t, 2i + 1) = cos(t / base^(2i/d)). Vaswani et al., 2017, section 3.5.</summary>
    private static double Sine(SinePositionEncoding layer, int length, int step, int feature)
    {
        var angle = step / Math.Pow(layer.MaxWavelength, 2.0 * (feature / 2) / length);
        return feature % 2 == 0 ? Math.Sin(angle) : Math.Cos(angle);
    }

    /// <summary>A geometric sequence for the heads of a power of two; those beyond take the odd places of the next one.</summary>
    private static double Slope(AlibiBias layer, int heads, int head)
    {
        var power = 1;
        while (2 * power <= heads) power *= 2;
        return head < power
            ? Math.Pow(2, -layer.AlibiBiasMax * (head + 1.0) / power)
            : Math.Pow(2, -layer.AlibiBiasMax * (head - power + 0.5) / power);
    }

    private static IReadOnlyList<Flow> Words(TokenAndPositionEmbedding layer, Call call)
    {
        var (words, places) = (call.Weights["token_embedding/embeddings"], call.Weights["position_embedding/embeddings"]);
        var sums = Values.Of([.. call.X.Shape, layer.EmbeddingDim],
            at => words[(int)call.X[at.AsSpan(0, 2)].Value, at[2]] + places[at[1], at[2]]);
        return [new(sums, layer.MaskZero ? Masks.Where(call.X.Shape, (n, t) => call.X[n, t].Value != 0) : null)];
    }

    private static IReadOnlyList<Flow> BothWays(ReversibleEmbedding layer, Call call)
    {
        var (x, table) = (call.X, call.Weights["embeddings"]);
        if (!layer.IsReversed)
        {
            var vectors = Values.Of([.. x.Shape, layer.OutputDim], at => table[(int)x[at.AsSpan(0, x.Rank)].Value, at[^1]]);
            return [new(vectors, layer.MaskZero ? Masks.Where(x.Shape, (n, t) => x[n, t].Value != 0) : null)];
        }

        var kernel = layer.TieWeights ? table.Transpose(1, 0) : call.Weights["reverse_embeddings"];
        var logits = CoreReferences.Product(x, kernel, null);
        return [new(layer.LogitSoftCap is { } cap ? logits.Map(v => cap * Tanh(v / cap)) : logits)];
    }
}

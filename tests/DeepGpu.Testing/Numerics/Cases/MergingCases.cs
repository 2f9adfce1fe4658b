using DeepGpu.Models;

namespace DeepGpu.Testing.Numerics;

/// <summary>Random merges and attention.</summary>
internal static class MergingCases
{
    public static IEnumerable<(Type Layer, Func<Draw, NumericCase> Draw)> All =>
    [
        (typeof(Add), d => Several(d, new Add(), d.Int(2, 4))),
        (typeof(Average), d => Several(d, new Average(), d.Int(2, 4))),
        (typeof(Subtract), d => Several(d, new Subtract(), 2)),
        (typeof(Multiply), d => Several(d, new Multiply(), d.Int(2, 3))),
        (typeof(Maximum), d => Several(d, new Maximum(), d.Int(2, 3))),
        (typeof(Minimum), d => Several(d, new Minimum(), d.Int(2, 3))),
        (typeof(Concatenate), Joined),
        (typeof(Dot), Products),
        (typeof(Attention), d => Plain(d, new Attention { UseScale = d.Chance(2),
            ScoreMode = d.Of(AttentionScore.Dot, AttentionScore.Concat) })),
        (typeof(AdditiveAttention), d => Plain(d, new AdditiveAttention { UseScale = !d.Chance(3) })),
        (typeof(MultiHeadAttention), Heads),
        (typeof(GroupedQueryAttention), SharedHeads),
    ];

    /// <summary>Inputs of one shape, or of shapes that broadcast; sometimes masked.</summary>
    private static NumericCase Several(Draw d, Layer layer, int count)
    {
        int[] shape = [d.Batch(), d.Int(1, 6), d.Int(1, 9)];
        int[][] inputs = [.. Enumerable.Range(0, count).Select(_ => shape)];
        if (!d.Chance(3)) return new(layer, inputs) { Masked = [.. inputs.Select(_ => d.Chance(2))] };
        inputs[^1] = d.Of<int[]>([shape[0], 1, shape[2]], [shape[0], shape[1], 1], [shape[0], shape[2]]);
        return new(layer, inputs);
    }

    private static NumericCase Joined(Draw d)
    {
        var axis = d.Of(-1, 1, 2);
        int[] shape = [d.Batch(), d.Int(1, 5), d.Int(1, 5), d.Int(1, 5)];
        return new(new Concatenate(axis), [.. Enumerable.Range(0, d.Int(2, 4))
            .Select(_ => shape.Select((length, i) => i == (axis + 4) % 4 ? d.Int(1, 5) : length).ToArray())]);
    }

    private static NumericCase Products(Draw d)
    {
        var (batch, length, normalize) = (d.Batch(), d.Int(2, 9), d.Chance(2));
        return d.Int(0, 2) switch
        {
            0 => new(new Dot(1) { Normalize = normalize }, [batch, length], [batch, length]),
            1 => new(new Dot(new Axes(2, 1)) { Normalize = normalize }, [batch, d.Int(1, 5), length], [batch, length, d.Int(1, 5)]),
            _ => new(new Dot(new Axes(1, -1)) { Normalize = normalize }, [batch, length, d.Int(1, 5)],
                    [batch, d.Int(1, 3), d.Int(1, 4), length]),
        };
    }

    /// <summary>Queries and values, sometimes keys; every row keeps a key that is seen.</summary>
    private static NumericCase Plain(Draw d, AttentionLayer layer)
    {
        layer = layer with { ReturnAttentionScores = d.Chance(3), UseCausalMask = d.Chance(3) };
        var (batch, queries, values, dim) = (d.Batch(), d.Int(1, 6), d.Int(1, 6), d.Int(1, 9));
        int[][] inputs = [[batch, queries, dim], [batch, values, d.Chance(2) ? dim : d.Int(1, 9)], [batch, values, dim]];
        return new(layer, inputs[1][2] == dim && d.Chance(2) ? inputs[..2]
            : inputs)
        { Masked = [d.Chance(3), d.Chance(3)], FirstStepCounts = true };
    }

    private static NumericCase Heads(Draw d)
    {
        var layer = new MultiHeadAttention(d.Int(1, 4), d.Int(1, 8))
        {
            UseBias = !d.Chance(3),
            UseGate = d.Chance(4),
            ReturnAttentionScores = d.Chance(4),
            LogitSoftCap = d.Chance(4) ? 0.4 : null,
        };
        if (d.Chance(2)) layer = layer with { ValueDim = d.Int(1, 6) };
        if (d.Chance(3)) layer = layer with { OutputShape = [.. d.Of<int[]>([5], [2, 3])] };
        if (d.Chance(4)) return Axes(d, layer);
        layer = layer with { UseCausalMask = d.Chance(3), SlidingWindow = d.Chance(4) ? d.Int(1, 3) : null };
        var (batch, steps) = (d.Batch(), d.Int(1, 6));
        var keys = layer.SlidingWindow is null ? d.Int(1, 6) : steps;
        int[][] inputs = [[batch, steps, d.Int(1, 9)], [batch, keys, d.Int(1, 9)], [batch, keys, d.Int(1, 9)]];
        return new(layer, d.Chance(2) ? inputs[..2]
            : inputs)
        { Masked = [false, layer.SlidingWindow is null && d.Chance(2)], FirstStepCounts = true };
    }

    private static NumericCase SharedHeads(Draw d)
    {
        var keyHeads = d.Int(1, 3);
        var layer = new GroupedQueryAttention(d.Int(1, 7), keyHeads * d.Int(1, 3), keyHeads)
        {
            UseBias = !d.Chance(3),
            UseGate = d.Chance(4),
            ReturnAttentionScores = d.Chance(4),
            UseCausalMask = d.Chance(3),
            LogitSoftCap = d.Chance(4) ? 0.4 : null,
        };
        var (batch, keys) = (d.Batch(), d.Int(1, 6));
        int[][] inputs = [[batch, d.Int(1, 6), d.Int(1, 9)], [batch, keys, d.Int(1, 9)], [batch, keys, d.Int(1, 9)]];
        return new(layer, d.Chance(2) ? inputs[..2] : inputs) { Masked = [false, d.Chance(2)], FirstStepCounts = true };
    }

    private static NumericCase Axes(Draw d, MultiHeadAttention layer)
    {
        int[] query = [d.Batch(), d.Int(1, 4), d.Int(1, 4), d.Int(1, 5)];
        var axes = d.Of<int[]>([1], [2], [1, 2]);
        int[] value = [query[0], axes.Contains(1) ? d.Int(1, 4) : query[1], axes.Contains(2) ? d.Int(1, 4) : query[2], d.Int(1, 5)];
        return new(layer with { AttentionAxes = [.. axes] }, query, value);
    }
}

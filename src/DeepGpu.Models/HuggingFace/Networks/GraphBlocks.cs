namespace DeepGpu.Models.HuggingFace;

/// <summary>Blocks of attention and two dense layers, each of them a layer of its own, so that it is adapted, quantised and loaded by its
/// name. Vaswani et al., 2017, https://arxiv.org/abs/1706.03762.</summary>
/// <param name="parts">Makes the layers.</param>
/// <param name="shape">The sizes.</param>
/// <param name="names">What the modules are called.</param>
internal sealed class GraphBlocks(GraphParts parts, TransformerShape shape, BlockNames names)
{
    private const string CrossAttention = "encoder_attn";

    /// <summary>Whether each part normalises what goes into it; else the sum after it is normalised.</summary>
    public required bool NormalizesFirst { get; init; }

    /// <summary>Whether a step sees no later one.</summary>
    public bool IsCausal { get; init; }

    /// <summary>What an encoder made, and which of its steps count; null for none.</summary>
    public (SymbolicTensor States, SymbolicTensor? Allowed)? Encoded { get; init; }

    private int Width => shape.Heads * shape.HeadSize;

    /// <summary>Numbered blocks one after another.</summary>
    /// <param name="x">The sequence (batch, steps, features).</param>
    /// <param name="path">What stands before a block's number.</param>
    /// <param name="count">How many.</param>
    public SymbolicTensor Stack(SymbolicTensor x, string path, int count)
        => Enumerable.Range(0, count).Aggregate(x, (sequence, i) => Block(sequence, FormattableString.Invariant($"{path}.{i}.")));

    private SymbolicTensor Block(SymbolicTensor x, string path)
    {
        var attended = Around(x, path + names.AttentionNorm, sequence => Attend(sequence, path));
        if (Encoded is { } encoded)
            attended = Around(attended, $"{path}{CrossAttention}_layer_norm",
                sequence => Attend(sequence, encoded.States, encoded.Allowed, path));
        return Around(attended, path + names.FeedForwardNorm, sequence => sequence
            .Apply(parts.Dense(path + names.Inner, shape.FeedForwardSize, parts.Function))
            .Apply(parts.Dense(path + names.Outer, shape.HiddenSize)));
    }

    /// <summary>A part, what goes into it added to what comes out, and the normalisation before it or after the sum.</summary>
    private SymbolicTensor Around(SymbolicTensor x, string norm, Func<SymbolicTensor, SymbolicTensor> part)
    {
        var sum = parts.Dropped(part(NormalizesFirst ? x.Apply(parts.Norm(norm)) : x)).Add(x);
        return NormalizesFirst ? sum : sum.Apply(parts.Norm(norm));
    }

    /// <summary>Attention of a sequence to itself, of one product or of three.</summary>
    private SymbolicTensor Attend(SymbolicTensor x, string path)
    {
        var attention = new RotaryAttention(shape.HeadSize, shape.Heads, shape.KeyValueHeads)
        {
            RotaryDim = 0,
            UseCausalMask = IsCausal,
            Dropout = parts.Dropout,
        };
        var attended = names.Projections is [var joined]
            ? x.Apply(Projection(path + joined, 3 * Width, AttentionBias.Query)).Apply(attention)
            : x.Apply(Projection(path + names.Projections[0], Width, AttentionBias.Query)).Apply(attention,
                x.Apply(Projection(path + names.Projections[2], Width, AttentionBias.Value)),
                x.Apply(Projection(path + names.Projections[1], Width, AttentionBias.Key)));
        return attended.Apply(Projection(path + names.Attended, shape.HiddenSize, AttentionBias.Output));
    }

    /// <summary>Attention of a sequence to what an encoder made.</summary>
    private SymbolicTensor Attend(SymbolicTensor x, SymbolicTensor seen, SymbolicTensor? allowed, string path)
    {
        string Module(string name) => path + name.Replace("self_attn", CrossAttention, StringComparison.Ordinal);
        var attention = new GraphAttention(shape.Heads, shape.HeadSize) { Allowed = allowed, Dropout = parts.Dropout };
        var attended = attention.Apply(x.Apply(Projection(Module(names.Projections[0]), Width, AttentionBias.Query)),
            seen.Apply(Projection(Module(names.Projections[1]), Width, AttentionBias.Key)),
            seen.Apply(Projection(Module(names.Projections[2]), Width, AttentionBias.Value)));
        return attended.Apply(Projection(Module(names.Attended), shape.HiddenSize, AttentionBias.Output));
    }

    private Dense Projection(string name, int units, AttentionBias which)
        => parts.Dense(name, units, hasBias: (shape.AttentionBias & which) != 0);
}

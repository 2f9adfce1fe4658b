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

    /// <summary>Which steps are no padding, (batch, 1, steps), or which pairs count; null for all.</summary>
    public SymbolicTensor? Allowed { get; init; }

    /// <summary>What an encoder made, and which of its steps count; null for none.</summary>
    public (SymbolicTensor States, SymbolicTensor? Allowed)? Encoded { get; init; }

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
            attended = Around(attended, $"{path}{CrossAttention}_layer_norm", sequence => Attend(sequence, encoded.States, encoded.Allowed,
                [.. names.Projections.Append(names.Attended).Select(name => path + name.Replace("self_attn", CrossAttention, StringComparison.Ordinal))]));
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

    private SymbolicTensor Attend(SymbolicTensor x, string path)
    {
        if (names.Projections.Length > 1) return Attend(x, x, Allowed, [.. names.Projections.Append(names.Attended).Select(name => path + name)]);
        var joined = x.Apply(Projection(path + names.Projections[0], 3 * shape.HiddenSize, AttentionBias.Query));
        var attended = Core(Part(joined, 0), Part(joined, 1), Part(joined, 2), Allowed);
        return attended.Apply(Projection(path + names.Attended, shape.HiddenSize, AttentionBias.Output));
    }

    /// <summary>Attention of one sequence to another by three projections and one after it.</summary>
    private SymbolicTensor Attend(SymbolicTensor x, SymbolicTensor seen, SymbolicTensor? allowed, string[] modules)
    {
        var width = shape.Heads * shape.HeadSize;
        var attended = Core(x.Apply(Projection(modules[0], width, AttentionBias.Query)),
            seen.Apply(Projection(modules[1], width, AttentionBias.Key)), seen.Apply(Projection(modules[2], width, AttentionBias.Value)), allowed);
        return attended.Apply(Projection(modules[3], shape.HiddenSize, AttentionBias.Output));
    }

    private SymbolicTensor Core(SymbolicTensor queries, SymbolicTensor keys, SymbolicTensor values, SymbolicTensor? allowed)
        => new GraphAttention(shape.Heads, shape.HeadSize) { Allowed = allowed, Dropout = parts.Dropout }.Apply(queries, keys, values);

    /// <summary>One of three products that a layer makes in one.</summary>
    private SymbolicTensor Part(SymbolicTensor joined, int number) => GraphParts.Call(joined, "GetItem", ("key", FunctionArgument.List(
        FunctionArgument.Ellipsis, FunctionArgument.Slice(number * shape.HiddenSize, (number + 1) * shape.HiddenSize))));

    private Dense Projection(string name, int units, AttentionBias which)
        => parts.Dense(name, units, hasBias: (shape.AttentionBias & which) != 0);
}

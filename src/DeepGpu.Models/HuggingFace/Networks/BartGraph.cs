namespace DeepGpu.Models.HuggingFace;

/// <summary>BART: an encoder and a decoder that normalise after each part. Lewis et al., 2020, https://arxiv.org/abs/1910.13461.</summary>
/// <remarks>Inputs: input_ids (batch, steps) and decoder_input_ids (batch, other steps); output: logits of the next word (batch, other
/// steps, words). Padding of the first is the number that the file states as pad_token_id.</remarks>
internal static class BartGraph
{
    /// <summary>The rows of a table of positions before the first one's.</summary>
    private const int Offset = 2;

    public static TransformerGraph Of(ConfigReader c, TransformerShape shape)
    {
        c.Demand("scale_embedding", value: false);
        var parts = new GraphParts(c)
        {
            Epsilon = 1e-5,
            Function = c.Function("activation_function", "gelu"),
            Dropout = c.Share("dropout") ?? 0.1,
        };
        var (ids, answer) = (GraphParts.Numbers("input_ids"), GraphParts.Numbers("decoder_input_ids"));
        var words = parts.Words("shared", shape.VocabularySize, shape.HiddenSize);
        var mask = GraphParts.IsWord(ids, c.Count("pad_token_id", 1));
        var encoded = new GraphBlocks(parts, shape, BlockNames.Bart) { NormalizesFirst = false }
            .Stack(GraphParts.Masked(Vectors(parts, ids.Apply(words), "encoder", shape), mask), "encoder.layers", shape.EncoderLayers);
        var vectors = Vectors(parts, answer.Apply(words), "decoder", shape);
        var states = new GraphBlocks(parts, shape, BlockNames.Bart)
        {
            NormalizesFirst = false,
            IsCausal = true,
            Encoded = (encoded, GraphParts.AsKeys(mask)),
        }.Stack(vectors, "decoder.layers", shape.Layers);
        return new([ids, answer], states, [shape.HasTiedEmbeddings ? states.Apply(words.Reversed())
            : states.Apply(parts.Dense("lm_head", shape.VocabularySize, hasBias: false))]);
    }

    private static SymbolicTensor Vectors(GraphParts parts, SymbolicTensor words, string half, TransformerShape shape)
    {
        var places = GraphParts.Call(GraphAttention.Places(words), "Add", Offset - 1);
        var table = parts.Table($"{half}.embed_positions", shape.LearnedPositions / 2, shape.HiddenSize);
        var sum = GraphAttention.Join(words, "Add", places.Apply(table));
        return parts.Dropped(sum.Apply(parts.Norm($"{half}.layernorm_embedding")));
    }
}

namespace DeepGpu.Models.HuggingFace;

/// <summary>GPT-2: blocks that normalise first, whose steps see no later ones. Radford et al., 2019.</summary>
/// <remarks>Input: input_ids (batch, steps); output: logits of the next word (batch, steps, words); of a classifier (batch, classes), by
/// the last step that is not pad_token_id, of one of steps (batch, steps, classes), of a model that finds answers those of the start and of
/// the end (batch, steps). Padding after a text changes nothing before it, and is not masked.</remarks>
internal static class GptGraph
{
    public static TransformerGraph Gpt2(ConfigReader c, TransformerShape shape)
    {
        c.Demand("scale_attn_weights", value: true);
        c.Demand("scale_attn_by_inverse_layer_idx", value: false);
        c.Demand("add_cross_attention", value: false);
        var parts = new GraphParts(c)
        {
            Epsilon = c.Real("layer_norm_epsilon") ?? 1e-5,
            Function = c.Function("activation_function", "gelu_new"),
            Dropout = c.Share("resid_pdrop") ?? 0.1,
        };
        var ids = GraphParts.Numbers("input_ids");
        var words = parts.Words("wte", shape.VocabularySize, shape.HiddenSize);
        var vectors = ids.Apply(words);
        vectors = parts.Dropped(vectors.Add(vectors.Apply(parts.Positions("wpe", shape.LearnedPositions))));
        var blocks = new GraphBlocks(parts, shape, BlockNames.Gpt2) { NormalizesFirst = true, IsCausal = true };
        var states = blocks.Stack(vectors, "h", shape.Layers).Apply(parts.Norm("ln_f"));
        if (TextHeads.OfSteps(c, parts, states) is { } ofSteps) return new([ids], states, ofSteps);
        if (c.IsFor(TextHeads.Classifier))
            return new([ids], states, [TextHeads.Last(states, ids, c.Whole("pad_token_id"))
                .Apply(parts.Dense("score", c.Classes(2), hasBias: false))]);
        var logits = shape.HasTiedEmbeddings ? states.Apply(words.Reversed())
            : states.Apply(parts.Dense("lm_head", shape.VocabularySize, hasBias: false));
        return new([ids], states, [logits]);
    }
}

namespace DeepGpu.Models.HuggingFace;

/// <summary>Decoders built as Llama: root-mean-square norms, rotary positions, a gated feed-forward layer.</summary>
internal static class LlamaFamily
{
    public static TransformerShape Llama(ConfigReader c) => Llama(c, tied: false);

    public static TransformerShape Llama(ConfigReader c, bool tied)
    {
        var (hidden, heads) = (c.Number("hidden_size"), c.Number("num_attention_heads"));
        return new()
        {
            Name = c.Family,
            Layers = c.Number("num_hidden_layers"),
            HiddenSize = hidden,
            Heads = heads,
            KeyValueHeads = c.Optional("num_key_value_heads") ?? heads,
            HeadSize = c.Optional("head_dim") ?? ShapeCheck.HeadSize(hidden, heads),
            FeedForwardSize = c.Number("intermediate_size"),
            HasGatedFeedForward = true,
            VocabularySize = c.Number("vocab_size"),
            HasTiedEmbeddings = c.Flag("tie_word_embeddings", tied),
            AttentionBias = c.Flag("attention_bias") ? AttentionBias.All : AttentionBias.None,
            HasFeedForwardBias = c.Flag("mlp_bias"),
            ContextLength = c.Optional("max_position_embeddings"),
        };
    }

    public static TransformerShape Mistral(ConfigReader c) => Windows.Everywhere(Llama(c), c);

    public static TransformerShape Phi3(ConfigReader c) => Windows.Everywhere(Llama(c), c);

    /// <summary>Qwen 1 names twice the width, of both halves of the gate.</summary>
    public static TransformerShape Qwen(ConfigReader c)
    {
        var shape = Llama(c);
        return shape with { FeedForwardSize = shape.FeedForwardSize / 2, AttentionBias = AttentionBias.QueryKeyValue };
    }

    public static TransformerShape Qwen2(ConfigReader c)
        => Windows.Late(Llama(c) with { AttentionBias = AttentionBias.QueryKeyValue }, c);

    public static TransformerShape Qwen3(ConfigReader c) => Windows.Late(Llama(c) with
    {
        QueryKeyNorm = QueryKeyNorm.OfHead,
        HeadSize = c.Optional("head_dim") ?? 128,
    }, c);

    /// <summary>Attention and feed-forward run beside each other after one norm.</summary>
    public static TransformerShape Cohere(ConfigReader c) => Llama(c, tied: true) with
    {
        Norm = TransformerNorm.LayerWithoutOffset,
        NormsPerLayer = 1,
        QueryKeyNorm = c.Flag("use_qk_norm") ? QueryKeyNorm.OfAllHeads : QueryKeyNorm.None,
    };

    public static TransformerShape StableLanguageModel(ConfigReader c) => Llama(c) with
    {
        Norm = TransformerNorm.Layer,
        AttentionBias = c.Flag("use_qkv_bias") ? AttentionBias.QueryKeyValue : AttentionBias.None,
        NormsPerLayer = c.Flag("use_parallel_residual") ? 1 : 2,
    };
}

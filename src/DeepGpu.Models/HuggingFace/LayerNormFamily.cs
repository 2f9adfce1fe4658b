namespace DeepGpu.Models.HuggingFace;

/// <summary>Decoders built as GPT: layer normalisation, a plain feed-forward layer, biases.</summary>
internal static class LayerNormFamily
{
    public static TransformerShape Gpt2(ConfigReader c)
    {
        var shape = Gpt(c);
        var isClassifier = c.IsFor(TextHeads.Classifier);
        var head = isClassifier ? (long)shape.HiddenSize * c.Classes(2) : TextHeads.CountOfSteps(c, shape.HiddenSize);
        return shape with
        {
            HasTiedEmbeddings = head > 0 || c.Flag("tie_word_embeddings", true),
            LearnedPositions = c.Optional("n_positions") ?? 1024,
            OtherParameters = shape.OtherParameters + head,
        };
    }

    public static TransformerShape BigCode(ConfigReader c)
    {
        var shape = Gpt2(c);
        return c.Flag("multi_query", true) ? shape with { KeyValueHeads = 1 } : shape;
    }

    public static TransformerShape GptJ(ConfigReader c) => Gpt(c) with
    {
        AttentionBias = AttentionBias.None,
        NormsPerLayer = 1,
        HasTiedEmbeddings = c.Flag("tie_word_embeddings"),
        HasOutputBias = true,
    };

    /// <summary>Every second layer sees 256 tokens.</summary>
    public static TransformerShape GptNeo(ConfigReader c)
    {
        var shape = Gpt(c);
        return shape with
        {
            AttentionBias = AttentionBias.Output,
            HasTiedEmbeddings = c.Flag("tie_word_embeddings", true),
            LearnedPositions = c.Number("max_position_embeddings"),
            SlidingWindow = c.Optional("window_size") ?? 256,
            SlidingLayers = shape.Layers / 2,
        };
    }

    public static TransformerShape GptNeoX(ConfigReader c) => Gpt(c) with
    {
        AttentionBias = c.Flag("attention_bias", true) ? AttentionBias.All : AttentionBias.None,
        HasTiedEmbeddings = c.Flag("tie_word_embeddings"),
    };

    /// <summary>Phi 1, 1.5 and 2: attention and feed-forward run beside each other after one norm.</summary>
    public static TransformerShape Phi(ConfigReader c) => Gpt(c) with
    {
        NormsPerLayer = 1,
        HasTiedEmbeddings = c.Flag("tie_word_embeddings"),
        HasOutputBias = true,
        QueryKeyNorm = c.Flag("qk_layernorm") ? QueryKeyNorm.OfHead : QueryKeyNorm.None,
    };

    public static TransformerShape StarCoder2(ConfigReader c)
    {
        var biased = c.Flag("use_bias", true);
        return Windows.Everywhere(Gpt(c) with
        {
            AttentionBias = biased ? AttentionBias.All : AttentionBias.None,
            HasFeedForwardBias = biased,
            HasTiedEmbeddings = c.Flag("tie_word_embeddings", true),
        }, c);
    }

    /// <summary>Two rows of positions more than the longest sequence; the smallest tables have fewer features than the layers.</summary>
    public static TransformerShape Opt(ConfigReader c)
    {
        var (shape, biased, isBefore) = (Gpt(c), c.Flag("enable_bias", true), c.Flag("do_layer_norm_before", true));
        var size = c.Optional("word_embed_proj_dim");
        return shape with
        {
            AttentionBias = biased ? AttentionBias.All : AttentionBias.None,
            HasFeedForwardBias = biased,
            Norm = c.Flag("layer_norm_elementwise_affine", true) ? TransformerNorm.Layer : TransformerNorm.LayerWithoutWeights,
            OuterNorms = isBefore && !c.Flag("_remove_final_layer_norm") ? 1 : 0,
            EmbeddingSize = size == shape.HiddenSize ? null : size,
            HasTiedEmbeddings = c.Flag("tie_word_embeddings", true),
            LearnedPositions = c.Number("max_position_embeddings") + 2,
        };
    }

    /// <summary>A second norm follows the embedding.</summary>
    public static TransformerShape Bloom(ConfigReader c) => Gpt(c) with
    {
        OuterNorms = 2,
        HasTiedEmbeddings = c.Flag("tie_word_embeddings", true),
        ContextLength = c.Optional("seq_length"),
    };

    public static TransformerShape Falcon(ConfigReader c)
    {
        var (shape, biased, isNew) = (Gpt(c), c.Flag("bias"), c.Flag("new_decoder_architecture"));
        return shape with
        {
            AttentionBias = biased ? AttentionBias.All : AttentionBias.None,
            HasFeedForwardBias = biased,
            KeyValueHeads = isNew ? c.Optional("num_kv_heads", "n_head_kv") ?? shape.Heads
                : c.Flag("multi_query", true) ? 1 : shape.Heads,
            NormsPerLayer = isNew ? c.Optional("num_ln_in_parallel_attn") ?? 2 : c.Flag("parallel_attn", true) ? 1 : 2,
            HasTiedEmbeddings = c.Flag("tie_word_embeddings", true),
        };
    }

    public static TransformerShape Mpt(ConfigReader c)
    {
        var (hidden, heads, attention) = (c.Number("d_model"), c.Number("n_heads"), c.Part("attn_config"));
        var (isBiased, length) = (!c.Flag("no_bias", true), c.Optional("max_seq_len") ?? 2048);
        return new()
        {
            Name = c.Family,
            Layers = c.Number("n_layers"),
            HiddenSize = hidden,
            Heads = heads,
            KeyValueHeads = attention.Text("attn_type") == "multiquery_attention" ? 1 : attention.Optional("kv_n_heads") ?? heads,
            HeadSize = ShapeCheck.HeadSize(hidden, heads),
            FeedForwardSize = (int)Math.Round((c.Real("expansion_ratio") ?? 4) * hidden),
            VocabularySize = c.Number("vocab_size"),
            HasTiedEmbeddings = true,
            Norm = isBiased ? TransformerNorm.Layer : TransformerNorm.LayerWithoutOffset,
            AttentionBias = isBiased ? AttentionBias.All : AttentionBias.None,
            HasFeedForwardBias = isBiased,
            LearnedPositions = c.Flag("learned_pos_emb", true) && !attention.Flag("alibi") ? length : 0,
            ContextLength = length,
        };
    }

    /// <summary>What they share, under any of their names.</summary>
    private static TransformerShape Gpt(ConfigReader c)
    {
        var hidden = c.Number("hidden_size", "n_embd", "n_embed");
        var heads = c.Number("num_attention_heads", "n_head", "num_heads");
        return new()
        {
            Name = c.Family,
            Layers = c.Number("num_hidden_layers", "n_layer", "num_layers"),
            HiddenSize = hidden,
            Heads = heads,
            KeyValueHeads = c.Optional("num_key_value_heads") ?? heads,
            HeadSize = ShapeCheck.HeadSize(hidden, heads),
            FeedForwardSize = c.Optional("intermediate_size", "n_inner", "ffn_dim", "ffn_hidden_size") ?? checked(4 * hidden),
            VocabularySize = c.Number("vocab_size"),
            Norm = TransformerNorm.Layer,
            AttentionBias = AttentionBias.All,
            HasFeedForwardBias = true,
            ContextLength = c.Optional("max_position_embeddings", "n_positions", "n_ctx"),
        };
    }
}

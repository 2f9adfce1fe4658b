namespace DeepGpu.Models.HuggingFace;

/// <summary>Models of an encoder and a decoder.</summary>
internal static class EncoderDecoderFamily
{
    public static TransformerShape T5(ConfigReader c)
    {
        var (layers, heads) = (c.Number("num_layers"), c.Number("num_heads"));
        return new()
        {
            Name = c.Family,
            Kind = TransformerKind.EncoderDecoder,
            Layers = c.Optional("num_decoder_layers") ?? layers,
            EncoderLayers = layers,
            HiddenSize = c.Number("d_model"),
            Heads = heads,
            KeyValueHeads = heads,
            HeadSize = c.Number("d_kv"),
            FeedForwardSize = c.Number("d_ff"),
            HasGatedFeedForward = c.Text("feed_forward_proj")?.StartsWith("gated-", StringComparison.Ordinal) ?? c.Family == "mt5",
            VocabularySize = c.Number("vocab_size"),
            HasTiedEmbeddings = c.Flag("tie_word_embeddings", c.Family != "mt5"),
            RelativePositionBuckets = c.Optional("relative_attention_num_buckets") ?? 32,
            ContextLength = c.Optional("n_positions"),
        };
    }

    /// <summary>A norm after the embeddings of each half, and none at the end.</summary>
    public static TransformerShape Bart(ConfigReader c) => Both(c) with
    {
        LearnedPositions = 2 * (c.Number("max_position_embeddings") + 2),
        ContextLength = c.Number("max_position_embeddings"),
        HasTiedEmbeddings = c.Flag("tie_word_embeddings", true),
    };

    /// <summary>Two convolutions lead from the spectrum to the encoder, whose positions are sinusoidal and not trained: not
    /// counted.</summary>
    public static TransformerShape Whisper(ConfigReader c)
    {
        var shape = Both(c);
        long hidden = shape.HiddenSize, bins = c.Number("num_mel_bins");
        return shape with
        {
            AttentionBias = AttentionBias.Query | AttentionBias.Value | AttentionBias.Output,
            LearnedPositions = c.Number("max_target_positions"),
            ContextLength = c.Number("max_target_positions"),
            FixedInputLength = c.Number("max_source_positions"),
            OtherParameters = 3 * bins * hidden + hidden + 3 * hidden * hidden + hidden,
        };
    }

    private static TransformerShape Both(ConfigReader c)
    {
        var (hidden, heads, width) = (c.Number("d_model"), c.Number("decoder_attention_heads"), c.Number("decoder_ffn_dim"));
        Same(c, "encoder_attention_heads", heads);
        Same(c, "encoder_ffn_dim", width);
        return new()
        {
            Name = c.Family,
            Kind = TransformerKind.EncoderDecoder,
            Layers = c.Number("decoder_layers"),
            EncoderLayers = c.Number("encoder_layers"),
            HiddenSize = hidden,
            Heads = heads,
            KeyValueHeads = heads,
            HeadSize = ShapeCheck.HeadSize(hidden, heads),
            FeedForwardSize = width,
            VocabularySize = c.Number("vocab_size"),
            HasTiedEmbeddings = true,
            Norm = TransformerNorm.Layer,
            AttentionBias = AttentionBias.All,
            HasFeedForwardBias = true,
        };
    }

    private static void Same(ConfigReader c, string name, int value)
    {
        if (c.Optional(name) is { } other && other != value)
            throw new ModelFormatException(new("config_value",
                $"In a config.json of model_type '{c.Family}' '{name}' must be as in the decoder,",
                $"but is {other}, not {value}.", "Describe a model of unlike halves with TransformerShape."), entry: name);
    }
}

namespace DeepGpu.Models.HuggingFace;

/// <summary>Gemma 1 to 3. Values that a file leaves out are those of the smallest model's class, as in Transformers.</summary>
internal static class GemmaFamily
{
    private const int HeadSize = 256;

    public static TransformerShape Gemma(ConfigReader c) => LlamaFamily.Llama(c, tied: true) with
    {
        HeadSize = c.Optional("head_dim") ?? HeadSize,
    };

    public static TransformerShape Gemma2(ConfigReader c)
        => Windows.AllButEach(Gemma(c) with { NormsPerLayer = 4 }, c, window: 4096, each: 2);

    public static TransformerShape Gemma3(ConfigReader c)
    {
        var shape = new TransformerShape
        {
            Name = c.Family,
            Layers = c.Optional("num_hidden_layers") ?? 26,
            HiddenSize = c.Optional("hidden_size") ?? 2304,
            Heads = c.Optional("num_attention_heads") ?? 8,
            KeyValueHeads = c.Optional("num_key_value_heads") ?? 4,
            HeadSize = c.Optional("head_dim") ?? HeadSize,
            FeedForwardSize = c.Optional("intermediate_size") ?? 9216,
            HasGatedFeedForward = true,
            VocabularySize = c.Optional("vocab_size") ?? 262208,
            HasTiedEmbeddings = c.Flag("tie_word_embeddings", true),
            AttentionBias = c.Flag("attention_bias") ? AttentionBias.All : AttentionBias.None,
            QueryKeyNorm = QueryKeyNorm.OfHead,
            NormsPerLayer = 4,
            ContextLength = c.Optional("max_position_embeddings") ?? 131072,
        };
        return Windows.AllButEach(shape, c, window: 4096, each: 6);
    }
}

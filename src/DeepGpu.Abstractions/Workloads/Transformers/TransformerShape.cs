namespace DeepGpu;

/// <summary>A transformer in numbers: what its weights, its cache and its work follow from exactly. Not a graph of layers.</summary>
/// <remarks>Sizes are features or rows. <see cref="Layers"/> are the decoder's where there is one, else the encoder's.</remarks>
public sealed partial record TransformerShape
{
    /// <summary>The model's name.</summary>
    public required string Name { get; init; }

    /// <summary>The family's name in Hugging Face's config.json ("llama"), or "".</summary>
    public string ModelType { get; init; } = "";

    /// <summary>Which halves it has.</summary>
    public TransformerKind Kind { get; init; }

    /// <summary>Layers of the decoder, or of the encoder where that is all.</summary>
    public required int Layers { get; init; }

    /// <summary>Layers of the encoder beside a decoder; 0 for none.</summary>
    public int EncoderLayers { get; init; }

    /// <summary>Features of a token between layers.</summary>
    public required int HiddenSize { get; init; }

    /// <summary>Heads of queries.</summary>
    public required int Heads { get; init; }

    /// <summary>Heads of keys and of values: as many as of queries (full), fewer (grouped), one (multi-query).</summary>
    public required int KeyValueHeads { get; init; }

    /// <summary>Features of one head.</summary>
    public required int HeadSize { get; init; }

    /// <summary>The width of the feed-forward layers that are no mixture of experts.</summary>
    public required int FeedForwardSize { get; init; }

    /// <summary>Whether a second product gates the first (SwiGLU, GEGLU: Shazeer, 2020).</summary>
    public bool HasGatedFeedForward { get; init; }

    /// <summary>Rows of the table of tokens; 0 where the input is no text.</summary>
    public required int VocabularySize { get; init; }

    /// <summary>Features of a row of that table; null for the hidden size. Where they differ, a product leads from one to the
    /// other.</summary>
    public int? EmbeddingSize { get; init; }

    /// <summary>Whether the output's product uses the table of tokens again.</summary>
    public bool HasTiedEmbeddings { get; init; }

    /// <summary>The mixture of experts; null for none.</summary>
    public ExpertShape? Experts { get; init; }

    /// <summary>The sizes of latent attention; null for the ordinary kinds.</summary>
    public LatentAttentionShape? LatentAttention { get; init; }

    /// <summary>How many tokens back the sliding layers see; null where all layers see everything.</summary>
    public int? SlidingWindow { get; init; }

    /// <summary>Layers that see the window only.</summary>
    public int SlidingLayers { get; init; }

    /// <summary>The longest sequence it was made for; null where none is stated.</summary>
    public int? ContextLength { get; init; }

    /// <summary>Which products of attention add a bias.</summary>
    public AttentionBias AttentionBias { get; init; }

    /// <summary>Whether the products of feed-forward layers (of experts, too) add a bias.</summary>
    public bool HasFeedForwardBias { get; init; }

    /// <summary>Whether each head learns a number that takes part in its softmax without a value (attention sink: gpt-oss).</summary>
    public bool HasAttentionSinks { get; init; }

    /// <summary>What its normalisations learn.</summary>
    public TransformerNorm Norm { get; init; }

    /// <summary>Normalisations of a layer, without those of cross attention and of queries and keys.</summary>
    public int NormsPerLayer { get; init; } = 2;

    /// <summary>Normalisations outside of the layers of one half: after the embedding, at the end.</summary>
    public int OuterNorms { get; init; } = 1;

    /// <summary>The normalisation of queries and keys.</summary>
    public QueryKeyNorm QueryKeyNorm { get; init; }

    /// <summary>Rows of learned positions, of both halves together; 0 for rotary, ALiBi, sinusoidal or relative ones.</summary>
    public int LearnedPositions { get; init; }

    /// <summary>Rows of T5's table of relative positions, one for each half; 0 for none.</summary>
    public int RelativePositionBuckets { get; init; }

    /// <summary>Rows of the table of sentences' kinds: 2 of BERT.</summary>
    public int TokenTypes { get; init; }

    /// <summary>Whether a dense layer over the first token follows: BERT.</summary>
    public bool HasPooler { get; init; }

    /// <summary>Whether the output's product adds a bias.</summary>
    public bool HasOutputBias { get; init; }

    /// <summary>Weights of what only some families have: the patches' and the sound's convolutions, class tokens, classifiers.</summary>
    public long OtherParameters { get; init; }

    /// <summary>Tokens that a picture or a piece of sound makes for the encoder; null where the input's length is free.</summary>
    public int? FixedInputLength { get; init; }

    /// <summary>Name, layers, sizes and parameters in one line.</summary>
    public override string ToString() => FormattableString.Invariant(
        $"{Name}: {Layers} layers of {HiddenSize}, {Heads} heads ({KeyValueHeads} of keys and values), {ParameterCount:N0} parameters");

    /// <summary>Whether it makes text one token at a time.</summary>
    public bool IsGenerative => Kind != TransformerKind.Encoder;
}

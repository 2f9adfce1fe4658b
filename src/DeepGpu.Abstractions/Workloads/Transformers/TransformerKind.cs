namespace DeepGpu;

/// <summary>Which halves of a transformer a model has.</summary>
public enum TransformerKind
{
    /// <summary>A causal decoder that makes one token after another: GPT-2, Llama, Mixtral.</summary>
    Decoder,

    /// <summary>An encoder that sees the whole sequence at once: BERT, ViT.</summary>
    Encoder,

    /// <summary>An encoder, and a decoder that also attends to what the encoder made: T5, Whisper.</summary>
    EncoderDecoder,
}

/// <summary>Which of attention's four products add a bias.</summary>
[Flags]
public enum AttentionBias
{
    /// <summary>None: Llama.</summary>
    None = 0,

    /// <summary>The queries.</summary>
    Query = 1,

    /// <summary>The keys.</summary>
    Key = 2,

    /// <summary>The values.</summary>
    Value = 4,

    /// <summary>The product after attention.</summary>
    Output = 8,

    /// <summary>Queries, keys and values: Qwen 2.</summary>
    QueryKeyValue = Query | Key | Value,

    /// <summary>All four: BERT, GPT-2.</summary>
    All = QueryKeyValue | Output,
}

/// <summary>The normalisation of a transformer, by what it learns.</summary>
public enum TransformerNorm
{
    /// <summary>Root mean square: a scale for each feature (Zhang and Sennrich, 2019).</summary>
    RootMeanSquare,

    /// <summary>Layer normalisation: a scale and an offset for each feature (Ba et al., 2016).</summary>
    Layer,

    /// <summary>Layer normalisation without an offset: MPT.</summary>
    LayerWithoutOffset,

    /// <summary>Layer normalisation that learns nothing: OLMo 1.</summary>
    LayerWithoutWeights,
}

/// <summary>The normalisation of queries and keys before their product.</summary>
public enum QueryKeyNorm
{
    /// <summary>None.</summary>
    None,

    /// <summary>One scale for each feature of a head, shared by all heads: Qwen 3, Gemma 3.</summary>
    OfHead,

    /// <summary>One scale for each feature of all heads: OLMo 2.</summary>
    OfAllHeads,
}

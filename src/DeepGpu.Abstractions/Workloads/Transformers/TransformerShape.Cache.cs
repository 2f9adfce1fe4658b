namespace DeepGpu;

/// <summary>What the tokens read so far keep: the cache of keys and values.</summary>
public sealed partial record TransformerShape
{
    /// <summary>Elements that one token adds to the cache of one layer: keys and values of its heads, or the latent vector.</summary>
    public long CacheElementsPerLayer => LatentAttention?.CacheElements ?? 2L * KeyValueHeads * HeadSize;

    /// <summary>Elements of the cache of one sequence: every layer keeps all tokens, a sliding layer its window's.</summary>
    /// <param name="tokens">Tokens of the sequence, at least 0.</param>
    /// <param name="keepsWindowOnly">Whether sliding layers drop what they no longer see, as most engines do; else they keep all.</param>
    public long CacheElements(long tokens, bool keepsWindowOnly = true)
    {
        if (!IsGenerative) return 0;
        var seen = keepsWindowOnly ? Math.Min(tokens, SlidingWindow ?? tokens) : tokens;
        return CacheElementsPerLayer * ((Layers - SlidingLayers) * tokens + SlidingLayers * seen);
    }

    /// <summary>Elements of keys and values of the encoder's output, which every layer of the decoder keeps.</summary>
    /// <param name="inputTokens">Tokens of the encoder's input.</param>
    public long CrossCacheElements(long inputTokens)
        => Kind == TransformerKind.EncoderDecoder ? CacheElementsPerLayer * Layers * inputTokens : 0;

    /// <summary>The cache's size.</summary>
    /// <param name="tokens">Tokens of one sequence.</param>
    /// <param name="sequences">Sequences of that length.</param>
    /// <param name="bitsPerElement">16 for half precision, 8 for FP8 or 8-bit integers.</param>
    public ByteSize CacheSize(long tokens, int sequences = 1, double bitsPerElement = 16)
        => ByteSize.FromBytes((long)Math.Round(checked(CacheElements(tokens) * sequences) * bitsPerElement / 8));
}

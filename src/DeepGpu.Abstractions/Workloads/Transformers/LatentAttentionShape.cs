namespace DeepGpu;

/// <summary>Multi-head latent attention: keys and values are made from one short vector a token, which alone is cached.</summary>
/// <remarks>DeepSeek-V2 (DeepSeek-AI, 2024), section 2.1.</remarks>
/// <param name="QueryRank">The length of the queries' own short vector; 0 where queries come from the hidden state.</param>
/// <param name="KeyValueRank">The length of the vector that keys and values come from.</param>
/// <param name="PlainSize">Features of a query's head without positions.</param>
/// <param name="RotarySize">Features of a query's head with rotary positions; the key's are shared by all heads and cached.</param>
/// <param name="ValueSize">Features of a value's head.</param>
public sealed record LatentAttentionShape(int QueryRank, int KeyValueRank, int PlainSize, int RotarySize, int ValueSize)
{
    /// <summary>Elements that one token keeps in the cache of one layer.</summary>
    public int CacheElements => KeyValueRank + RotarySize;

    /// <summary>Features of a query's or key's head.</summary>
    public int QuerySize => PlainSize + RotarySize;

    internal long Parameters(long hidden, long heads)
    {
        var queries = QueryRank > 0 ? hidden * QueryRank + QueryRank + QueryRank * heads * QuerySize : hidden * heads * QuerySize;
        var keysAndValues = hidden * CacheElements + KeyValueRank + KeyValueRank * heads * (PlainSize + ValueSize);
        return queries + keysAndValues + heads * ValueSize * hidden;
    }
}

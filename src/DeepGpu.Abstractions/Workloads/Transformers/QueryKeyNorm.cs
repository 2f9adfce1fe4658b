namespace DeepGpu;

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

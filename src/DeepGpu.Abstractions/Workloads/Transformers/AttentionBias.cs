namespace DeepGpu;

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

namespace DeepGpu.Hardware;

/// <summary>Which products of a layer have adapters.</summary>
public enum AdapterTargets
{
    /// <summary>Those of attention: query, key, value and output.</summary>
    Attention,

    /// <summary>Query and value alone, as in the paper's experiments (Hu et al., 2021).</summary>
    QueryAndValue,

    /// <summary>All of attention and of the feed-forward layers (Dettmers et al., 2023); of experts none.</summary>
    AllProducts,
}

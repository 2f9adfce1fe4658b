namespace DeepGpu;

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

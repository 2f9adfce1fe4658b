namespace DeepGpu;

/// <summary>Counting weights.</summary>
public sealed partial record TransformerShape
{
    /// <summary>All weights, exactly; a tied table counts once.</summary>
    public long ParameterCount => LayerParameters(Experts?.Count ?? 0) + OutsideParameters;

    /// <summary>The weights that one token uses: of the experts of each layer only the active ones.</summary>
    public long ActiveParameterCount => LayerParameters(Experts?.Active ?? 0) + OutsideParameters;

    /// <summary>Weights of the table of tokens.</summary>
    public long EmbeddingParameters => (long)VocabularySize * (EmbeddingSize ?? HiddenSize);

    /// <summary>Weights of the output's own product; 0 where it uses the table of tokens or there is none.</summary>
    public long OutputParameters => IsGenerative && !HasTiedEmbeddings ? EmbeddingParameters : 0;

    /// <summary>The weights that a product with the output's words takes, its own or the table's; 0 of encoders.</summary>
    public long OutputProductParameters => IsGenerative ? EmbeddingParameters : 0;

    /// <summary>Weights of all layers that multiply matrices, with so many experts a layer.</summary>
    /// <param name="experts">Experts counted in each mixture; a fraction where several tokens touch some of them.</param>
    public double LayerProductParameters(double experts)
        => MixtureLayers * ExpertParameters * experts + Layers * (AttentionParameters + CrossAttentionParameters)
            + (Layers - MixtureLayers) * FeedForwardParameters(FeedForwardSize) + MixtureLayers * SharedParameters
            + EncoderLayers * (AttentionParameters + FeedForwardParameters(FeedForwardSize));

    /// <summary>Weights of one expert.</summary>
    public long ExpertParameters => Experts is { } e ? FeedForwardParameters(e.FeedForwardSize) : 0;

    /// <summary>Layers with a mixture of experts.</summary>
    public int MixtureLayers => Experts is { } e ? Layers - e.DenseLayers : 0;

    /// <summary>Weights of one layer's own attention, biases and the normalisation of queries and keys among them.</summary>
    public long AttentionParameters => LatentAttention is { } latent
        ? latent.Parameters(HiddenSize, Heads)
        : (long)HiddenSize * HeadSize * 2 * (Heads + KeyValueHeads) + AttentionBiases + QueryKeyNormParameters
            + (HasAttentionSinks ? Heads : 0);

    /// <summary>Weights of one feed-forward layer of a width, with its biases.</summary>
    /// <param name="size">The width.</param>
    public long FeedForwardParameters(long size)
    {
        var inner = HasGatedFeedForward ? 2 : 1;
        return (inner + 1) * size * HiddenSize + (HasFeedForwardBias ? inner * size + HiddenSize : 0);
    }

    private long AttentionBiases => Bias(AttentionBias.Query, Heads * HeadSize) + Bias(AttentionBias.Key, KeyValueHeads * HeadSize)
        + Bias(AttentionBias.Value, KeyValueHeads * HeadSize) + Bias(AttentionBias.Output, HiddenSize);

    private long QueryKeyNormParameters => QueryKeyNorm switch
    {
        QueryKeyNorm.OfHead => 2 * HeadSize,
        QueryKeyNorm.OfAllHeads => (long)(Heads + KeyValueHeads) * HeadSize,
        _ => 0,
    };

    private long CrossAttentionParameters => Kind == TransformerKind.EncoderDecoder ? AttentionParameters : 0;

    private long SharedParameters => Experts is not { } e ? 0
        : (e.SharedFeedForwardSize > 0 ? FeedForwardParameters(e.SharedFeedForwardSize) : 0)
            + (e.HasSharedGate ? HiddenSize : 0) + (long)e.Count * HiddenSize + (e.HasRouterBias ? e.Count : 0);

    private long NormParameters => HiddenSize * Norm switch
    {
        TransformerNorm.Layer => 2,
        TransformerNorm.LayerWithoutWeights => 0,
        _ => 1,
    };

    private long LayerParameters(int experts) => checked((long)LayerProductParameters(experts)
        + NormParameters * (Layers * (NormsPerLayer + (Kind == TransformerKind.EncoderDecoder ? 1 : 0)) + EncoderLayers * NormsPerLayer));

    private long OutsideParameters => EmbeddingParameters + OutputParameters + EmbeddingProduct
        + (long)LearnedPositions * HiddenSize + (long)TokenTypes * (EmbeddingSize ?? HiddenSize)
        + NormParameters * OuterNorms * (EncoderLayers > 0 ? 2 : 1)
        + (long)RelativePositionBuckets * Heads * (EncoderLayers > 0 ? 2 : 1)
        + (HasPooler ? (long)HiddenSize * HiddenSize + HiddenSize : 0) + (HasOutputBias ? VocabularySize : 0) + OtherParameters;

    /// <summary>The products between the table of tokens and the layers, where their sizes differ: one in, and one out of a
    /// decoder.</summary>
    private long EmbeddingProduct => EmbeddingSize is { } size && size != HiddenSize
        ? (long)size * HiddenSize * (IsGenerative ? 2 : 1)
        : 0;

    private long Bias(AttentionBias which, long size) => (AttentionBias & which) != 0 ? size : 0;
}

namespace DeepGpu;

/// <summary>The mixture of experts that takes the place of feed-forward layers: a router sends each token to a few of them.</summary>
/// <remarks>Shazeer et al., 2017; Mixtral (Jiang et al., 2024); shared experts as DeepSeekMoE has them (Dai et al., 2024).</remarks>
/// <param name="Count">Experts of a layer that the router chooses from.</param>
/// <param name="Active">Of these, how many a token uses.</param>
/// <param name="FeedForwardSize">The width of one expert.</param>
public sealed record ExpertShape(int Count, int Active, int FeedForwardSize)
{
    /// <summary>The width of the expert that every token uses, all such experts together; 0 for none.</summary>
    public int SharedFeedForwardSize { get; init; }

    /// <summary>Whether the shared expert's output is weighted by a learned gate of one unit: Qwen 2 MoE.</summary>
    public bool HasSharedGate { get; init; }

    /// <summary>Layers that keep one dense feed-forward layer; the others are mixtures.</summary>
    public int DenseLayers { get; init; }

    /// <summary>Whether the router adds a bias to each expert's score: gpt-oss, DeepSeek V3.</summary>
    public bool HasRouterBias { get; init; }

    /// <summary>The share of the experts of a layer that some token of several uses, each token choosing at random:
    /// 1 - (1 - active / count)^tokens.</summary>
    /// <param name="tokens">Tokens of a step, at least 1.</param>
    public double TouchedShare(double tokens)
        => 1 - Math.Pow(1 - (double)Active / Count, Require.AtLeast(tokens, 1, nameof(ExpertShape)));
}

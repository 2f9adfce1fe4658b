namespace DeepGpu;

/// <summary>Counting work: a multiply-add is two operations.</summary>
public sealed partial record TransformerShape
{
    /// <summary>Operations of the products with weights of one token, output's words not among them.</summary>
    public double LayerFlopsPerToken => 2 * LayerProductParameters(Experts?.Active ?? 0);

    /// <summary>Operations of the output's product of one token.</summary>
    public double OutputFlopsPerToken => 2.0 * OutputProductParameters;

    /// <summary>Operations of attention between one query and one key, of one layer: their product, and the value's weighing.</summary>
    public double AttentionFlopsPerPair => LatentAttention is { } latent
        ? 2.0 * Heads * (latent.QuerySize + latent.ValueSize)
        : 4.0 * Heads * HeadSize;

    /// <summary>Operations of attention of one sequence that is read at once: each token sees itself and those before it
    /// (in an encoder all), in sliding layers at most the window.</summary>
    /// <param name="tokens">Tokens of the sequence.</param>
    public double AttentionFlops(double tokens)
    {
        var (full, sliding) = Kind == TransformerKind.Encoder
            ? (tokens * tokens, tokens * tokens)
            : (Pairs(tokens, tokens), Pairs(tokens, SlidingWindow ?? tokens));
        return AttentionFlopsPerPair * ((Layers - SlidingLayers) * full + SlidingLayers * sliding);
    }

    /// <summary>Operations of reading a prompt: all layers on every token, the output's product on the last.</summary>
    /// <param name="tokens">Tokens of each prompt.</param>
    /// <param name="sequences">Prompts read together.</param>
    public double PrefillFlops(double tokens, double sequences = 1)
        => sequences * (tokens * LayerFlopsPerToken + AttentionFlops(tokens) + OutputFlopsPerToken);

    /// <summary>Operations of one token more.</summary>
    /// <param name="context">Tokens seen, the cache's length.</param>
    /// <param name="sequences">Sequences that each get a token.</param>
    public double DecodeFlops(double context, double sequences = 1)
        => sequences * (LayerFlopsPerToken + OutputFlopsPerToken + AttentionFlopsPerPair
            * ((Layers - SlidingLayers) * context + SlidingLayers * Math.Min(context, SlidingWindow ?? context)));

    /// <summary>Weights that one step of decoding reads: of each mixture the experts that some sequence uses, and the output's product.
    /// The table of tokens is looked up, not read.</summary>
    /// <param name="sequences">Sequences that each get a token.</param>
    public double DecodeParameters(double sequences = 1) => DecodeLayerParameters(sequences) + OutputProductParameters;

    /// <summary>Of these the layers'.</summary>
    /// <param name="sequences">Sequences that each get a token.</param>
    public double DecodeLayerParameters(double sequences = 1)
        => LayerProductParameters(Experts is { } e ? e.Count * e.TouchedShare(sequences) : 0)
            - (Kind == TransformerKind.EncoderDecoder ? EncoderLayers * (AttentionParameters + FeedForwardParameters(FeedForwardSize)) : 0);

    /// <summary>Operations of a step of training of all weights: forward, and twice that backward; the output's product on every
    /// token.</summary>
    /// <param name="tokens">Tokens of each sequence.</param>
    /// <param name="sequences">Sequences of the step.</param>
    /// <param name="trainsWeights">False where the weights are frozen (LoRA): their gradients are not made, only those of
    /// activations.</param>
    /// <param name="recomputes">Whether activations are made again (checkpointing): once more forward.</param>
    public double TrainingFlops(double tokens, double sequences, bool trainsWeights = true, bool recomputes = false)
    {
        var products = sequences * tokens * (LayerFlopsPerToken + OutputFlopsPerToken);
        var attention = sequences * AttentionFlops(tokens);
        return (trainsWeights ? 3 : 2) * products + 3 * attention + (recomputes ? products + attention : 0);
    }

    /// <summary>Pairs of a query and a key at most so far before it.</summary>
    private static double Pairs(double tokens, double window)
    {
        var seen = Math.Min(tokens, window);
        return seen * (seen + 1) / 2 + (tokens - seen) * seen;
    }
}

namespace DeepGpu.Hardware.Forecasting;

/// <summary>What one pass over tokens asks of a card: what the law of time multiplies with its constants.</summary>
internal readonly record struct PassTerms
{
    public required double WeightBytes { get; init; }

    public double CacheBytes { get; init; }

    public required double ProductFlops { get; init; }

    public double AttentionFlops { get; init; }

    public required double Layers { get; init; }

    /// <summary>Passes that the tokens are read in: prompts longer than what an engine takes at once.</summary>
    public double Passes { get; init; }

    /// <summary>Tokens of one pass.</summary>
    public required double Tokens { get; init; }

    /// <summary>Weights that are read, whatever their bits.</summary>
    public double Weights { get; init; }

    /// <summary>Scores of all sequences' next tokens.</summary>
    public double Scores { get; init; }

    /// <summary>Heads of keys of all sequences, of latent attention one each: what reads the cache side by side.</summary>
    public double Heads { get; init; }

    /// <summary>Layers that also attend to an encoder.</summary>
    public double CrossLayers { get; init; }

    /// <summary>Experts of all layers together.</summary>
    public double Experts { get; init; }

    /// <summary>Bytes that cards exchange.</summary>
    public double Exchanged { get; init; }
}

/// <summary>Whose time it is: engine, card and stored weights.</summary>
/// <param name="Engine">The engine's class.</param>
/// <param name="Generation">The card's generation, or -1.</param>
/// <param name="Format">The kind of stored weights.</param>
/// <param name="HasExperts">Whether the model is a mixture.</param>
/// <param name="Bandwidth">Bytes a second of one card.</param>
/// <param name="Rate">FLOP/s of one card.</param>
/// <param name="Sharing">Cards that share each layer.</param>
/// <param name="Link">Bytes a second of their own link; 0 for none.</param>
internal sealed record InferenceSetting(EngineClass Engine, int Generation, FormatKind Format, bool HasExperts, double Bandwidth,
    double Rate,
    int Sharing = 1, double Link = 0)
{
    /// <summary>FLOP/s that decoding works with: of llama.cpp those of the vector units, which its kernels for few tokens use.</summary>
    public double DecodeRate { get; init; } = Rate;

    /// <summary>Whether they have a link of their own.</summary>
    public bool HasLink => Link > 0;

    /// <summary>Rated power of one card; 0 where it is not known.</summary>
    public double Watts { get; init; }

    /// <summary>How many times faster the units are than in half precision with sums in 32 bits.</summary>
    public double Shortness { get; init; } = 1;

    /// <summary>Clocks a second of all compute units together; 0 where they are not known.</summary>
    public double Issue { get; init; }

    /// <summary>How many times longer small kernels take than at the usual clock.</summary>
    public double Slowness { get; init; } = 1;

    /// <summary>Cards that have some layers each; 1 where they share each layer.</summary>
    public int Stages { get; init; } = 1;

    /// <summary>The place of the model's family among those whose layers were measured, or -1.</summary>
    public int Model { get; init; } = -1;

    /// <summary>Whether the host starts each kernel, as PyTorch without compilation does: card and host work side by side.</summary>
    public bool IsDrivenByHost => Engine.Family() == EngineFamily.Eager;

    /// <summary>Where the constants of the engine's family begin.</summary>
    public int Family { get; } = InferenceConstants.Families + (int)Engine.Family() * InferenceConstants.PerFamily;
}

/// <summary>Counts the terms of passes.</summary>
internal static class InferenceTerms
{
    private const double LlamaPass = 512;
    private const double EnginePass = 8192;

    /// <summary>One step of decoding.</summary>
    /// <param name="shape">The model.</param>
    /// <param name="format">Its stored weights.</param>
    /// <param name="context">Tokens in the cache of each sequence.</param>
    /// <param name="sequences">Sequences.</param>
    /// <param name="cacheBits">Bits an element of the cache.</param>
    public static PassTerms Decode(TransformerShape shape, WeightFormat format, double context, double sequences, double cacheBits) => new()
    {
        WeightBytes = format.DecodeBytes(shape, sequences),
        CacheBytes = (shape.CacheElements((long)context) + shape.CrossCacheElements(shape.FixedInputLength ?? (long)context)) * sequences
            * cacheBits / 8,
        ProductFlops = shape.DecodeFlops(context, sequences),
        Layers = shape.Layers,
        Passes = 1,
        Tokens = sequences,
        Weights = shape.DecodeParameters(sequences),
        Scores = sequences * shape.VocabularySize,
        Heads = sequences * (shape.LatentAttention is null ? shape.KeyValueHeads : 1),
        CrossLayers = shape.Kind == TransformerKind.EncoderDecoder ? shape.Layers : 0,
        Experts = (double)(shape.Experts?.Count ?? 0) * shape.MixtureLayers,
        Exchanged = sequences * shape.HiddenSize * 4.0 * shape.Layers,
    };

    /// <summary>Reading prompts.</summary>
    public static PassTerms Prefill(TransformerShape shape, WeightFormat format, double tokens, double sequences, EngineClass engine)
    {
        var all = tokens * sequences;
        var largest = engine.IsLlama() ? LlamaPass : EnginePass;
        var passes = Math.Max(1, Math.Ceiling(all / largest));
        return new()
        {
            WeightBytes = format.DecodeBytes(shape, Math.Max(1, all / passes)) * passes,
            ProductFlops = sequences * (tokens * shape.LayerFlopsPerToken + shape.OutputFlopsPerToken),
            AttentionFlops = sequences * shape.AttentionFlops(tokens),
            Layers = shape.Layers + shape.EncoderLayers,
            Passes = passes,
            Tokens = all / passes,
            Exchanged = all * shape.HiddenSize * 4.0 * shape.Layers,
        };
    }
}

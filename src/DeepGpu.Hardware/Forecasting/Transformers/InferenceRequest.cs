namespace DeepGpu.Hardware;

/// <summary>How several cards share a model.</summary>
public enum CardSplit
{
    /// <summary>Each layer is spread over all cards, which exchange their parts after each (tensor parallel).</summary>
    Tensor,

    /// <summary>Each card has some of the layers: one sequence is no faster than on one (pipeline).</summary>
    Pipeline,
}

/// <summary>What a transformer is asked for.</summary>
public sealed record InferenceRequest
{
    /// <summary>The model.</summary>
    public required TransformerShape Model { get; init; }

    /// <summary>Tokens of each prompt. Default 512.</summary>
    public int PromptTokens { get; init; } = 512;

    /// <summary>Tokens that are made for each. Default 128.</summary>
    public int NewTokens { get; init; } = 128;

    /// <summary>Sequences at once. Default 1.</summary>
    public int Sequences { get; init; } = 1;

    /// <summary>How weights are stored. Default BF16.</summary>
    public WeightFormat Weights { get; init; } = WeightFormat.BFloat16;

    /// <summary>Bits an element of the cache. Default 16.</summary>
    public double CacheBits { get; init; } = 16;

    /// <summary>What runs it. Default not known: the interval is as wide as engines differ.</summary>
    public InferenceEngine Engine { get; init; }

    /// <summary>Whether attention runs in a fused kernel that keeps no matrix of scores. Default yes.</summary>
    public bool FlashAttention { get; init; } = true;

    /// <summary>Equal cards.</summary>
    public int Cards { get; init; } = 1;

    /// <summary>How they share the model. Default each layer over all; llama.cpp, plain PyTorch and AutoAWQ give each some
    /// layers.</summary>
    public CardSplit? Split { get; init; }

    /// <summary>Whether so many sequences are always at work and a new one takes the place of each that ends, as a loaded server has it:
    /// others' prompts are read between the tokens of each. Default no: all start and end together.</summary>
    public bool IsServed { get; init; }

    /// <summary>Tokens of a sequence at the end.</summary>
    public int Context => checked(PromptTokens + NewTokens);
}

namespace DeepGpu;

/// <summary>How a model's output becomes one vector a text.</summary>
public sealed record TextEmbeddingOptions
{
    /// <summary>Which arrays the model takes. Default the numbers of the tokens and the mask of padding.</summary>
    public TokenInputs Inputs { get; init; } = TokenInputs.TokenIds | TokenInputs.PaddingMask;

    /// <summary>How the vectors of tokens become one. Default <see cref="EmbeddingPooling.Mean"/>. An output of (texts, dimensions) is
    /// taken as it is.</summary>
    public EmbeddingPooling Pooling { get; init; }

    /// <summary>Whether vectors get the Euclidean length 1. Default true.</summary>
    public bool Normalize { get; init; } = true;

    /// <summary>Which output holds the vectors, from 0. Default 0.</summary>
    /// <exception cref="DeepGpuArgumentException">It is negative.</exception>
    public int Output { get; init => field = Require.AtLeast(value, 0, nameof(TextEmbeddingOptions), nameof(Output)); }

    /// <summary>What answers call the model; null for the predictor's name.</summary>
    public string? ModelId { get; init; }
}

/// <summary>How the vectors of tokens, (texts, steps, dimensions), become one vector a text.</summary>
public enum EmbeddingPooling
{
    /// <summary>Their mean over the tokens that are no padding.</summary>
    Mean,

    /// <summary>The first token's, as BERT's [CLS].</summary>
    First,

    /// <summary>The last token's that is no padding, as models that go on with texts need.</summary>
    Last,
}

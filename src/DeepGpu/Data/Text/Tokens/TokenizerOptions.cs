namespace DeepGpu;

/// <summary>An end of a sequence.</summary>
public enum SequenceSide
{
    /// <summary>The end.</summary>
    Right,

    /// <summary>The start.</summary>
    Left,
}

/// <summary>Which text of a pair is shortened where both together are too long.</summary>
public enum PairTruncation
{
    /// <summary>Token by token the longer one; of two as long the second.</summary>
    LongestFirst,

    /// <summary>The first alone.</summary>
    OnlyFirst,

    /// <summary>The second alone.</summary>
    OnlySecond,
}

/// <summary>How texts become rows of tokens of one length. What a model's files say of it is where a <see cref="Tokenizer"/> starts
/// from.</summary>
public sealed record TokenizerOptions
{
    /// <summary>The most tokens of a row, special ones included, at least 1; longer texts are cut. Null for any number, the
    /// default.</summary>
    public int? MaxLength
    {
        get;
        init => field = value is { } n ? Require.AtLeast(n, 1, nameof(TokenizerOptions), nameof(MaxLength)) : null;
    }

    /// <summary>Whether every row has <see cref="MaxLength"/> places; else as many as the longest of those put together. Default
    /// false.</summary>
    public bool PadToMaxLength { get; init; }

    /// <summary>Where short rows are filled up. Default at the end; models that generate want the start.</summary>
    public SequenceSide PaddingSide { get; init; }

    /// <summary>Where long texts are cut. Default at the end.</summary>
    public SequenceSide TruncationSide { get; init; }

    /// <summary>Which text of a pair is cut. Default the longer one.</summary>
    public PairTruncation Truncation { get; init; }

    /// <summary>Whether the model's special tokens are added: [CLS] text [SEP] in BERT. Default true.</summary>
    public bool AddSpecialTokens { get; init; } = true;

    /// <summary>The token that rows are filled up with; null for the files' own, the default.</summary>
    public string? PaddingToken { get; init; }
}

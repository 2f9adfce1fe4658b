namespace DeepGpu;

/// <summary>Texts as rows of tokens of one length, as a <see cref="Tokenizer"/> makes them.</summary>
/// <param name="TokenIds">The numbers of the tokens, Int32 (texts, length).</param>
/// <param name="SegmentIds">0 in the first text and its special tokens, 1 in the second, Int32 (texts, length).</param>
/// <param name="PaddingMask">1 at tokens and 0 at padding, Int32 (texts, length).</param>
public sealed record TokenizedTexts(NDArray TokenIds, NDArray SegmentIds, NDArray PaddingMask)
{
    /// <summary>The number of texts.</summary>
    public int Count => TokenIds.Shape[0];

    /// <summary>The length of every row.</summary>
    public int Length => TokenIds.Shape[1];

    /// <summary>The arrays that a model takes, in the order of <see cref="TokenInputs"/>.</summary>
    /// <param name="inputs">Which.</param>
    public IReadOnlyList<NDArray> Arrays(TokenInputs inputs = TokenInputs.TokenIds)
        => [.. Parts.Where(part => inputs.HasFlag(part.Kind)).Select(part => part.Array)];

    /// <summary>The texts as samples.</summary>
    /// <param name="labels">The class number of each; null for none.</param>
    /// <param name="inputs">Which arrays the model takes. Default the numbers of the tokens.</param>
    /// <exception cref="TrainingDataException">There are not as many labels as texts.</exception>
    public Dataset ToDataset(IReadOnlyList<int>? labels = null, TokenInputs inputs = TokenInputs.TokenIds)
        => Dataset.FromArrays(Arrays(inputs), labels is null ? [] : [NDArray.From<int>([.. labels], labels.Count)]);

    private IEnumerable<(TokenInputs Kind, NDArray Array)> Parts =>
    [
        (TokenInputs.TokenIds, TokenIds), (TokenInputs.SegmentIds, SegmentIds), (TokenInputs.PaddingMask, PaddingMask),
    ];
}

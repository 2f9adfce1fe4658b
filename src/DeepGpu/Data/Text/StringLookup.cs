using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text;
using DeepGpu.Data;
using DeepGpu.Models;
using DeepGpu.Models.Hashes;
using DeepGpu.Models.Layers;
using DeepGpu.Models.Values;

namespace DeepGpu;

/// <summary>Texts as numbers of a vocabulary: Keras's <c>StringLookup</c>. Immutable;
/// <see cref="Adapt"/> returns one that has learned its vocabulary.</summary>
/// <remarks>Not a layer of a model: tensors hold no text. Number 0 is the mask token, if there is one and numbers are written
/// (<see cref="OutputMode.Int"/>); then come the unknown ones, then the vocabulary.
/// Keras: https://keras.io/api/layers/preprocessing_layers/categorical/string_lookup/</remarks>
public sealed record StringLookup
{
    private static readonly IComparer<string> Utf8Order = Comparer<string>.Create((a, b) =>
        Encoding.UTF8.GetBytes(a).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(b)));

    private readonly Lazy<FrozenDictionary<string, int>> _numbers;

    /// <summary>Makes a lookup with Keras's defaults.</summary>
    public StringLookup() => _numbers = new(Numbered);

    private StringLookup(StringLookup original)
    {
        (MaxTokens, NumOovIndices, Salt) = (original.MaxTokens, original.NumOovIndices, original.Salt);
        (MaskToken, OovToken) = (original.MaskToken, original.OovToken);
        (OutputMode, PadToMaxTokens) = (original.OutputMode, original.PadToMaxTokens);
        (Vocabulary, IdfWeights) = (original.Vocabulary, original.IdfWeights);
        _numbers = new(Numbered);
    }

    /// <summary>The most tokens, those for masked and unknown texts included, at least 2; null (the default) for any number.</summary>
    public int? MaxTokens
    {
        get;
        init => field = value is { } given ? Require.AtLeast(given, 2, nameof(StringLookup), nameof(MaxTokens)) : null;
    }

    /// <summary>How many numbers unknown texts share, at least 0: with several the hash of a text decides, with none they are refused.
    /// Default 1.</summary>
    public int NumOovIndices { get; init => field = Require.AtLeast(value, 0, nameof(StringLookup), nameof(NumOovIndices)); } = 1;

    /// <summary>The key of SipHash64 for unknown texts; null (the default) for FarmHash64.</summary>
    public HashSalt? Salt { get; init; }

    /// <summary>The text that means "nothing here": number 0, or left out of rows; null (the default) for none.</summary>
    public string? MaskToken { get; init; }

    /// <summary>What unknown texts become on the way back. Default "[UNK]".</summary>
    public string OovToken { get; init; } = "[UNK]";

    /// <summary>How numbers are written. Default as they are.</summary>
    public OutputMode OutputMode { get; init; }

    /// <summary>Whether rows have <see cref="MaxTokens"/> places even if the vocabulary is smaller. Default false.</summary>
    public bool PadToMaxTokens { get; init; }

    /// <summary>The known texts in the order of their numbers, without the special ones; empty until learned or given.</summary>
    public ImmutableArray<string> Vocabulary { get; init; } = [];

    /// <summary>The inverse document frequency of each text of the vocabulary; only for <see cref="OutputMode.TfIdf"/>.</summary>
    public ImmutableArray<double> IdfWeights { get; init; } = [];

    /// <summary>Every text in the order of the numbers: the special ones first.</summary>
    public ImmutableArray<string> FullVocabulary => [.. Special, .. Vocabulary];

    /// <summary>The number of places of a row.</summary>
    public int Depth => PadToMaxTokens && MaxTokens is { } most ? most : Special.Length + Vocabulary.Length;

    private string[] Special => [.. Mask, .. Enumerable.Repeat(OovToken, NumOovIndices)];

    private string[] Mask => MaskToken is { } mask && OutputMode == OutputMode.Int ? [mask] : [];

    /// <summary>The lookup with the vocabulary of some documents: the most frequent text first;
    /// equally frequent ones in falling order of their UTF-8 bytes, as Keras.</summary>
    /// <param name="documents">Each a list of texts.</param>
    /// <exception cref="TrainingDataException">There is no document.</exception>
    public StringLookup Adapt(IEnumerable<IEnumerable<string>> documents)
    {
        ArgumentNullException.ThrowIfNull(documents);
        var counts = new TokenCounts<string>(Utf8Order);
        var any = false;
        foreach (var document in documents) (any, _) = (true, Added(counts, document));
        if (!any) throw DatasetChecks.Empty("there are no documents to learn a vocabulary from");
        var (tokens, weights) = counts.Vocabulary([OovToken, .. MaskToken is { } mask ? [mask] : Array.Empty<string>()],
            MaxTokens - Special.Length);
        return this with { Vocabulary = tokens, IdfWeights = OutputMode == OutputMode.TfIdf ? weights : [] };
    }

    /// <summary>The numbers of single texts.</summary>
    /// <param name="texts">The texts.</param>
    /// <returns>Int64 (texts), or Float32 (texts, depth) for <see cref="OutputMode.OneHot"/>.</returns>
    /// <exception cref="TrainingDataException">A text is unknown and there is no number for it: the text is named.</exception>
    public NDArray Apply(IReadOnlyList<string> texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        if (OutputMode == OutputMode.Int) return NDArray.From<long>([.. texts.Select(NumberOf)], texts.Count);
        if (OutputMode != OutputMode.OneHot)
            throw Require.OutOfRange(nameof(StringLookup), nameof(OutputMode), "Int or OneHot for single texts", OutputMode);
        var rows = new float[checked(texts.Count * Depth)];
        for (var i = 0; i < texts.Count; i++) if (NumberOf(texts[i]) is >= 0 and var number) rows[i * Depth + number] = 1;
        return NDArray.From<float>(rows, texts.Count, Depth);
    }

    /// <summary>Documents as rows, one place for each text of the vocabulary.</summary>
    /// <param name="documents">Each a list of texts.</param>
    /// <returns>Float32 (documents, depth) for <see cref="OutputMode.MultiHot"/>, <see cref="OutputMode.Count"/> and
    /// <see cref="OutputMode.TfIdf"/>.</returns>
    /// <exception cref="TrainingDataException">A text is unknown and there is no number for it: the text is named.</exception>
    public NDArray ApplyToDocuments(IReadOnlyList<IReadOnlyList<string>> documents)
    {
        ArgumentNullException.ThrowIfNull(documents);
        if (OutputMode is OutputMode.Int or OutputMode.OneHot)
            throw Require.OutOfRange(nameof(StringLookup), nameof(OutputMode), "MultiHot, Count or TfIdf for documents", OutputMode);
        var (depth, weights) = (Depth, OutputMode == OutputMode.TfIdf ? RowWeights() : []);
        var rows = new float[checked(documents.Count * depth)];
        for (var i = 0; i < documents.Count; i++) Fill(rows.AsSpan(i * depth, depth), documents[i], weights);
        return NDArray.From<float>(rows, documents.Count, depth);
    }

    /// <summary>The texts of numbers.</summary>
    /// <param name="numbers">Numbers; those without a text become <see cref="OovToken"/>.</param>
    public string[] Invert(NDArray numbers)
    {
        ArgumentNullException.ThrowIfNull(numbers);
        var full = FullVocabulary;
        return [.. ElementNumbers.Of(numbers)
            .Select(number => number >= 0 && number < full.Length && double.IsInteger(number) ? full[(int)number] : OovToken)];
    }

    /// <summary>A text's number; -1 where it is left out of rows.</summary>
    internal int NumberOf(string text)
    {
        if (text == MaskToken) return OutputMode == OutputMode.Int ? 0 : -1;
        if (_numbers.Value.TryGetValue(text, out var number)) return number;
        return NumOovIndices switch
        {
            0 => throw Unknown(text),
            1 => Mask.Length,
            var bins => Mask.Length + (int)CategoryHash.Bin(text, bins, Salt),
        };
    }

    private static TrainingDataException Unknown(string text) => new(new(
        "unknown_token",
        "Every text must be in the vocabulary, as unknown ones have no number,",
        $"but '{StrictJson.Printable(text)}' is not.",
        "Set StringLookup.NumOovIndices to 1 or more, or learn the vocabulary from more data."));

    private static bool Added(TokenCounts<string> counts, IEnumerable<string> document)
    {
        counts.Add(document);
        return true;
    }

    private void Fill(Span<float> row, IReadOnlyList<string> document, float[] weights)
    {
        foreach (var text in document)
        {
            if (NumberOf(text) is not (>= 0 and var number)) continue;
            row[number] = OutputMode == OutputMode.MultiHot ? 1 : row[number] + 1;
        }

        if (OutputMode != OutputMode.TfIdf) return;
        for (var i = 0; i < row.Length; i++) row[i] *= weights[i];
    }

    /// <summary>One weight a place: unknown texts count as the average, places without a text as 0.</summary>
    private float[] RowWeights()
    {
        if (IdfWeights.Length != Vocabulary.Length)
            throw Require.OutOfRange(nameof(StringLookup), nameof(IdfWeights),
                $"one for each of the {Vocabulary.Length} texts of the vocabulary", IdfWeights.Length);
        var average = (float)IdfWeights.DefaultIfEmpty(0).Average();
        float[] weights = [.. Enumerable.Repeat(average, Special.Length), .. IdfWeights.Select(weight => (float)weight)];
        return [.. weights, .. new float[Depth - weights.Length]];
    }

    private FrozenDictionary<string, int> Numbered()
    {
        var (first, numbers) = (Special.Length, new Dictionary<string, int>(StringComparer.Ordinal));
        if (MaxTokens is { } most && first + Vocabulary.Length > most)
            throw Require.OutOfRange(nameof(StringLookup), nameof(Vocabulary),
                $"of at most {most} tokens with the special ones", first + Vocabulary.Length);
        for (var i = 0; i < Vocabulary.Length; i++)
            if (!numbers.TryAdd(Vocabulary[i], first + i))
                throw Require.OutOfRange(nameof(StringLookup), nameof(Vocabulary), "different texts",
                    $"'{StrictJson.Printable(Vocabulary[i])}' twice");
        return numbers.ToFrozenDictionary(StringComparer.Ordinal);
    }
}

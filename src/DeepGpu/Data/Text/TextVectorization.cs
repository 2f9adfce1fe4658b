using System.Collections.Immutable;
using System.Text.RegularExpressions;
using DeepGpu.Data;
using DeepGpu.Models;

namespace DeepGpu;

/// <summary>What is done to a text before it is split.</summary>
public enum TextStandardization
{
    /// <summary>Letters A to Z in lower case, ASCII punctuation removed.</summary>
    LowerAndStripPunctuation,

    /// <summary>Letters A to Z in lower case. Others stay: Keras's own conversion knows ASCII only.</summary>
    Lower,

    /// <summary>ASCII punctuation removed.</summary>
    StripPunctuation,

    /// <summary>Nothing.</summary>
    None,
}

/// <summary>Where a text is split.</summary>
public enum TextSplit
{
    /// <summary>At ASCII white space, of any length.</summary>
    Whitespace,

    /// <summary>After each character (Unicode code point).</summary>
    Character,

    /// <summary>Nowhere: the text is one token.</summary>
    None,
}

/// <summary>Texts as sequences of numbers or as rows: Keras's <c>TextVectorization</c>. Immutable;
/// <see cref="Adapt"/> returns one that has learned its vocabulary.</summary>
/// <remarks>Not a layer of a model: tensors hold no text. As numbers, 0 fills sequences up and 1 is an unknown token,
/// so that an embedding needs <see cref="VocabularySize"/> rows.
/// Keras: https://keras.io/api/layers/preprocessing_layers/text/text_vectorization/</remarks>
public sealed partial record TextVectorization
{
    /// <summary>The most tokens, those for padding and unknown words included, at least 2; null (the default) for any number.</summary>
    public int? MaxTokens { get; init; }

    /// <summary>What is done first. Default lower case without punctuation.</summary>
    public TextStandardization Standardize { get; init; }

    /// <summary>A function of your own that is applied after <see cref="Standardize"/>; null (the default) for none.</summary>
    public Func<string, string>? CustomStandardize { get; init; }

    /// <summary>Where texts are split. Default at white space.</summary>
    public TextSplit Split { get; init; }

    /// <summary>The lengths of runs of tokens that become tokens, joined by a space, e.g. [1, 2];
    /// empty (the default) for single tokens.</summary>
    public ImmutableArray<int> Ngrams
    {
        get;
        init => field = [.. value.Select(length => Require.AtLeast(length, 1, nameof(TextVectorization), nameof(Ngrams)))];
    } = [];

    /// <summary>How texts are written: sequences of numbers (the default), or rows.</summary>
    public OutputMode OutputMode
    {
        get;
        init => field = value != OutputMode.OneHot
            ? value
            : throw Require.OutOfRange(nameof(TextVectorization), nameof(OutputMode), "Int, MultiHot, Count or TfIdf", value);
    }

    /// <summary>The length of every sequence, at least 1; null (the default) for the longest's. Filled up and cut at the end.</summary>
    public int? OutputSequenceLength
    {
        get;
        init => field = value is { } given ? Require.AtLeast(given, 1, nameof(TextVectorization), nameof(OutputSequenceLength)) : null;
    }

    /// <summary>Whether rows have <see cref="MaxTokens"/> places even if the vocabulary is smaller. Default false.</summary>
    public bool PadToMaxTokens { get; init; }

    /// <summary>The known tokens in the order of their numbers, without the special ones; empty until learned or given.</summary>
    public ImmutableArray<string> Vocabulary { get; init; } = [];

    /// <summary>The inverse document frequency of each token of the vocabulary; only for <see cref="OutputMode.TfIdf"/>.</summary>
    public ImmutableArray<double> IdfWeights { get; init; } = [];

    /// <summary>Every token in the order of the numbers: padding ("", only for numbers) and unknown ("[UNK]") first.</summary>
    public ImmutableArray<string> FullVocabulary => Lookup().FullVocabulary;

    /// <summary>The number of tokens, special ones included: the rows an embedding needs.</summary>
    public int VocabularySize => Lookup().Depth;

    /// <summary>The same with the vocabulary of some texts.</summary>
    /// <param name="texts">The texts, at least one: read once.</param>
    /// <exception cref="TrainingDataException">There is no text.</exception>
    public TextVectorization Adapt(IEnumerable<string> texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        var learned = (Lookup() with { Vocabulary = [], IdfWeights = [] }).Adapt(texts.Select(Tokens));
        return this with { Vocabulary = learned.Vocabulary, IdfWeights = learned.IdfWeights };
    }

    /// <summary>Texts as an array.</summary>
    /// <param name="texts">The texts, at least one.</param>
    /// <returns>Int64 (texts, length), or Float32 (texts, tokens) for rows.</returns>
    /// <exception cref="TrainingDataException">There is no text.</exception>
    public NDArray Apply(IReadOnlyList<string> texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        if (texts.Count == 0) throw DatasetChecks.Empty("there are no texts");
        var (lookup, tokens) = (Lookup(), texts.Select(Tokens).ToList());
        if (OutputMode != OutputMode.Int) return lookup.ApplyToDocuments(tokens);
        var sequences = tokens.Select(document => (IReadOnlyList<long>)[.. document.Select(token => (long)lookup.NumberOf(token))]);
        return Sequences.Pad(sequences, OutputSequenceLength, SequenceEnd.Post, SequenceEnd.Post);
    }

    /// <summary>A text's tokens: standardised, split, joined to runs.</summary>
    /// <param name="text">The text.</param>
    public IReadOnlyList<string> Tokens(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var standard = Standardized(text);
        string[] tokens = Split switch
        {
            TextSplit.Whitespace => standard.Split([' ', '\t', '\n', '\v', '\f', '\r'], StringSplitOptions.RemoveEmptyEntries),
            TextSplit.Character => [.. standard.EnumerateRunes().Select(rune => rune.ToString())],
            _ => [standard],
        };
        return Ngrams.IsEmpty ? tokens : [.. Ngrams.SelectMany(length => Runs(tokens, length))];
    }

    [GeneratedRegex(@"[!""#$%&()*+,\-./:;<=>?@\[\\\]^_`{|}~']")]
    private static partial Regex Punctuation { get; }

    private static IEnumerable<string> Runs(string[] tokens, int length)
        => Enumerable.Range(0, Math.Max(tokens.Length - length + 1, 0)).Select(start => string.Join(' ', tokens.AsSpan(start, length)));

    private static void Lower(Span<char> lower, string text)
    {
        for (var i = 0; i < lower.Length; i++) lower[i] = char.IsAsciiLetterUpper(text[i]) ? (char)(text[i] | 0x20) : text[i];
    }

    private string Standardized(string text)
    {
        if (Standardize is TextStandardization.Lower or TextStandardization.LowerAndStripPunctuation)
            text = string.Create(text.Length, text, Lower);
        if (Standardize is TextStandardization.StripPunctuation or TextStandardization.LowerAndStripPunctuation)
            text = Punctuation.Replace(text, "");
        return CustomStandardize is { } custom ? custom(text) : text;
    }

    private StringLookup Lookup()
        => new()
        {
            MaxTokens = MaxTokens,
            MaskToken = "",
            OutputMode = OutputMode,
            PadToMaxTokens = PadToMaxTokens,
            Vocabulary = Vocabulary,
            IdfWeights = IdfWeights
        };
}

using DeepGpu.Data;

namespace DeepGpu;

/// <summary>Texts as numbers by a published model's own vocabulary, and back. Immutable; any thread may use it.</summary>
/// <remarks>WordPiece (BERT), byte-level BPE (GPT-2, RoBERTa, Llama 3, Qwen) and SentencePiece (Llama 2, Gemma, T5) as
/// Microsoft.ML.Tokenizers computes them. A vocabulary is learned elsewhere; <see cref="TextVectorization"/> learns one of words.</remarks>
/// <example><code>
/// Tokenizer tokenizer = Tokenizer.FromFiles("bert-base-uncased").With(new() { MaxLength = 128 });
/// Dataset train = tokenizer.Encode(texts).ToDataset(labels, TokenInputs.All);
/// </code></example>
public sealed class Tokenizer
{
    private readonly TokenizerParts _parts;
    private readonly Lazy<string[]> _tokens;

    private Tokenizer(TokenizerParts parts)
    {
        _parts = parts;
        _tokens = new(Ordered);
    }

    /// <summary>How rows are made; at first what the files say: the model's length and its sides.</summary>
    public TokenizerOptions Options => _parts.Options;

    /// <summary>One more than the highest number of a token: the rows that an embedding needs.</summary>
    public int VocabularySize => _tokens.Value.Length;

    /// <summary>The special tokens by what they are for: "pad_token", "cls_token", "sep_token", "unk_token", "mask_token", "bos_token",
    /// "eos_token"; those that the files name.</summary>
    public IReadOnlyDictionary<string, string> SpecialTokens => _parts.Special;

    /// <summary>The number that rows are filled up with; null where neither the files nor the options name a token.</summary>
    /// <exception cref="DeepGpuArgumentException">The token of the options is not in the vocabulary.</exception>
    public int? PaddingNumber
        => Options.PaddingToken is { } own ? NumberOf(own) ?? throw Require.OutOfRange(nameof(Tokenizer),
                nameof(TokenizerOptions.PaddingToken), "a token of the vocabulary", own)
            : SpecialTokens.TryGetValue("pad_token", out var token) ? NumberOf(token) : null;

    /// <summary>Reads the tokenizer of a model from its files: tokenizer.json, vocab.txt, vocab.json with merges.txt, or tokenizer.model,
    /// with tokenizer_config.json and special_tokens_map.json where they lie beside it.</summary>
    /// <param name="path">The folder, or the file that decides.</param>
    /// <exception cref="ModelFormatException">There are no such files, or one is damaged or of a kind not known: the file, and the line or
    /// entry, are named.</exception>
    public static Tokenizer FromFiles(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        return new(TokenizerFolder.Read(path));
    }

    /// <summary>The same tokenizer with other options, which replace those of the files.</summary>
    /// <param name="options">How rows are made.</param>
    public Tokenizer With(TokenizerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new(_parts with { Options = options });
    }

    /// <summary>The number of a token; null where the vocabulary has it not.</summary>
    /// <param name="token">The token as it stands in the vocabulary.</param>
    public int? NumberOf(string token)
    {
        ArgumentNullException.ThrowIfNull(token);
        return _parts.Engine.Vocabulary.TryGetValue(token, out var number) ? number : null;
    }

    /// <summary>The token of a number, as it stands in the vocabulary.</summary>
    /// <param name="number">From 0, below <see cref="VocabularySize"/>.</param>
    /// <exception cref="DeepGpuArgumentException">There is no such number.</exception>
    public string TokenOf(int number) => number >= 0 && number < VocabularySize ? _tokens.Value[number]
        : throw Require.OutOfRange(nameof(Tokenizer), nameof(number), $"from 0 to {VocabularySize - 1}", number);

    /// <summary>The numbers of a text's tokens, without special tokens around it and uncut.</summary>
    /// <param name="text">The text.</param>
    public IReadOnlyList<int> Encode(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length == 0 ? [] : _parts.Engine.Encode(text);
    }

    /// <summary>Texts, or pairs of them, as rows of one length with special tokens, cut and filled up as <see cref="Options"/>
    /// say.</summary>
    /// <param name="texts">The texts, at least one.</param>
    /// <param name="pairs">The second text of each; null for none.</param>
    /// <exception cref="TrainingDataException">There is no text, or not a pair for each; a row cannot be cut or filled up so.</exception>
    public TokenizedTexts Encode(IReadOnlyList<string> texts, IReadOnlyList<string>? pairs = null)
    {
        ArgumentNullException.ThrowIfNull(texts);
        if (texts.Count == 0) throw DatasetChecks.Empty("there are no texts");
        if (pairs is not null && pairs.Count != texts.Count) throw Unpaired(texts.Count, pairs.Count);
        return Packing().Pack([.. texts.Select((text, i) => (Encode(text), pairs is null ? null : Encode(pairs[i])))]);
    }

    /// <summary>The text of tokens.</summary>
    /// <param name="numbers">Their numbers.</param>
    /// <param name="skipSpecialTokens">Whether special tokens are left out. Default true.</param>
    /// <exception cref="DeepGpuArgumentException">A number is none of the vocabulary.</exception>
    public string Decode(IEnumerable<int> numbers, bool skipSpecialTokens = true)
    {
        ArgumentNullException.ThrowIfNull(numbers);
        var special = skipSpecialTokens ? SpecialTokens.Values.Select(NumberOf).ToHashSet() : [];
        return _parts.Engine.Decode([.. numbers.Where(number => TokenOf(number) is not null && !special.Contains(number))]);
    }

    /// <summary>The numbers of a text that a model goes on with: with the special tokens that stand before a text, without those behind
    /// it.</summary>
    internal IReadOnlyList<int> EncodeStart(string text)
    {
        var before = Options.AddSpecialTokens ? _parts.Template.Single.TakeWhile(place => place.Token is not null) : [];
        return [.. before.Select(place => place.Token!.Value), .. Encode(text)];
    }

    private TokenPacking Packing() => new(Options, _parts.Template, PaddingNumber);

    private string[] Ordered()
    {
        var tokens = new string[_parts.Engine.Vocabulary.Values.Max() + 1];
        Array.Fill(tokens, "");
        foreach (var (token, number) in _parts.Engine.Vocabulary) tokens[number] = token;
        return tokens;
    }

    private static TrainingDataException Unpaired(int texts, int pairs) => new(new(
        "unpaired_texts", "Each text of a pair needs its other,", $"but there are {texts} first and {pairs} second texts.",
        "Give as many."));
}

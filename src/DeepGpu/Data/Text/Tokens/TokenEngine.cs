using System.Text.RegularExpressions;
using Microsoft.ML.Tokenizers;
using Engine = Microsoft.ML.Tokenizers.Tokenizer;

namespace DeepGpu.Data;

/// <summary>Text to numbers and back by one of the three kinds of vocabularies, without special tokens around.</summary>
/// <param name="Encode">The numbers of a text.</param>
/// <param name="Decode">The text of numbers.</param>
/// <param name="Vocabulary">The number of each token, special ones too.</param>
internal sealed record TokenEngine(Func<string, IReadOnlyList<int>> Encode, Func<IEnumerable<int>, string> Decode,
    IReadOnlyDictionary<string, int> Vocabulary)
{
    /// <summary>Byte-level byte pairs split texts so: Radford et al., 2019.</summary>
    public const string BytePairPattern = @"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+";

    private static readonly TimeSpan MatchTime = TimeSpan.FromSeconds(10);

    /// <summary>The longest matching pieces of words. Wu et al., 2016, https://arxiv.org/abs/1609.08144.</summary>
    public static TokenEngine WordPiece(WordPieceFile file)
    {
        using var stream = new MemoryStream(file.Bytes());
        var engine = BertTokenizer.Create(stream, new BertOptions
        {
            LowerCaseBeforeTokenization = file.LowerCase,
            RemoveNonSpacingMarks = file.StripAccents ?? file.LowerCase,
            IndividuallyTokenizeCjk = file.SplitsChinese,
            ContinuingSubwordPrefix = file.Prefix,
            UnknownToken = file.Unknown,
            ClassificationToken = file.Start,
            SeparatorToken = file.End,
            PaddingToken = file.Padding,
            MaskingToken = file.Mask,
        });
        return new(text => engine.EncodeToIds(text, addSpecialTokens: false), engine.Decode, file.Vocabulary);
    }

    /// <summary>Byte-level pairs merged in the order they were learned. Sennrich et al., 2015, https://arxiv.org/abs/1508.07909.</summary>
    public static TokenEngine BytePair(BytePairFile file)
    {
        var split = new Regex(file.Pattern, RegexOptions.CultureInvariant, MatchTime);
        var special = file.Special.ToDictionary(StringComparer.Ordinal);
        var all = file.Vocabulary.Concat(special.Where(pair => !file.Vocabulary.ContainsKey(pair.Key)))
            .ToDictionary(StringComparer.Ordinal);
        Engine engine = BpeTokenizer.Create(new BpeOptions(file.Vocabulary)
        {
            Merges = file.Merges,
            ByteLevel = true,
            PreTokenizer = new RegexPreTokenizer(split, special),
            SpecialTokens = special,
        });
        IReadOnlyList<int> Encode(string text)
            => engine.EncodeToIds(file.AddPrefixSpace && text.Length > 0 && !char.IsWhiteSpace(text[0]) ? " " + text : text);
        return new(Encode, engine.Decode, all);
    }

    /// <summary>Pieces of sentences, blanks among them. Kudo and Richardson, 2018, https://arxiv.org/abs/1808.06226.</summary>
    public static TokenEngine SentencePiece(byte[] model, IReadOnlyDictionary<string, int> special)
    {
        using var stream = new MemoryStream(model);
        var engine = SentencePieceTokenizer.Create(stream, addBeginningOfSentence: false, addEndOfSentence: false,
            special.Count > 0 ? special : null);
        var all = engine.Vocabulary.Concat(special.Where(pair => !engine.Vocabulary.ContainsKey(pair.Key)))
            .ToDictionary(StringComparer.Ordinal);
        return new(text => engine.EncodeToIds(text, addBeginningOfSentence: false, addEndOfSentence: false), engine.Decode, all);
    }
}

using System.Collections.Immutable;
using System.Text;
using System.Text.Json;

namespace DeepGpu.Data;

/// <summary>A vocabulary of pieces of words, and how texts are split before.</summary>
internal sealed record WordPieceFile(IReadOnlyDictionary<string, int> Vocabulary)
{
    public bool LowerCase { get; init; } = true;

    public bool? StripAccents { get; init; }

    public bool SplitsChinese { get; init; } = true;

    public string Prefix { get; init; } = "##";

    public string Unknown { get; init; } = "[UNK]";

    public string Start { get; init; } = "[CLS]";

    public string End { get; init; } = "[SEP]";

    public string Padding { get; init; } = "[PAD]";

    public string Mask { get; init; } = "[MASK]";

    /// <summary>The special tokens that the vocabulary must have.</summary>
    public IEnumerable<string> Needed => [Unknown, Start, End, Padding, Mask];

    /// <summary>The tokens, one a line, in the order of their numbers.</summary>
    public byte[] Bytes()
    {
        var ordered = Vocabulary.OrderBy(pair => pair.Value).Select(pair => pair.Key);
        return Encoding.UTF8.GetBytes(string.Join('\n', ordered) + "\n");
    }
}

/// <summary>A vocabulary of byte pairs, the pairs in the order they were learned, and how texts are split before.</summary>
internal sealed record BytePairFile(IReadOnlyDictionary<string, int> Vocabulary, ImmutableArray<string> Merges)
{
    public IReadOnlyDictionary<string, int> Special { get; init; } = ImmutableDictionary<string, int>.Empty;

    public string Pattern { get; init; } = TokenEngine.BytePairPattern;

    public bool AddPrefixSpace { get; init; }
}

/// <summary>Reads the lists of tokens in a tokenizer's files.</summary>
internal static class TokenFiles
{
    /// <summary>The highest number of a token: 64 times that of the largest vocabularies.</summary>
    public const int MostTokens = 1 << 24;

    /// <summary>vocab.txt: a token a line, numbered from 0.</summary>
    /// <exception cref="ModelFormatException">A line is empty, or a token stands twice.</exception>
    public static Dictionary<string, int> Lines(string path)
    {
        var lines = Text(path).ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < lines.Length; i++)
        {
            if (lines[i].Length == 0)
                throw AtLine(path, i, "empty_token", "A vocabulary has a token on every line,", "but this one is empty.");
            if (!numbers.TryAdd(lines[i], i))
                throw AtLine(path, i, "token_twice", "A vocabulary has each token once,",
                    $"but '{PrintableText.Of(lines[i])}' is on line {numbers[lines[i]] + 1} too.");
        }

        return numbers;
    }

    /// <summary>vocab.json: an object of tokens and their numbers.</summary>
    /// <exception cref="ModelFormatException">It is none.</exception>
    public static Dictionary<string, int> Numbers(string path)
    {
        using var document = Json(path);
        return Numbers(document.RootElement, path);
    }

    /// <summary>An object of tokens and their numbers.</summary>
    public static Dictionary<string, int> Numbers(JsonElement element, string path)
    {
        if (element.ValueKind != JsonValueKind.Object) throw Wrong(path, "vocab", "an object of tokens and their numbers", element);
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var token in element.EnumerateObject())
        {
            if (token.Value.ValueKind != JsonValueKind.Number || !token.Value.TryGetInt32(out var number)
                || number is < 0 or > MostTokens)
                throw Wrong(path, token.Name, $"a whole number from 0 to {MostTokens}", token.Value);
            numbers[token.Name] = number;
        }

        return numbers;
    }

    /// <summary>merges.txt: a pair a line, a first line "#version" left out.</summary>
    /// <exception cref="ModelFormatException">A line holds no pair.</exception>
    public static ImmutableArray<string> Merges(string path)
    {
        var lines = Text(path).ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
        var first = lines[0].StartsWith("#version", StringComparison.Ordinal) ? 1 : 0;
        for (var i = first; i < lines.Length; i++)
        {
            if (!IsPair(lines[i]))
                throw AtLine(path, i, "no_pair", "A list of merges has two tokens with a blank between on every line,",
                    $"but this one is '{PrintableText.Of(lines[i])}'.");
        }

        return [.. lines.Skip(first)];
    }

    /// <summary>Whether a merge is two tokens.</summary>
    public static bool IsPair(string merge) => merge.Split(' ') is [{ Length: > 0 }, { Length: > 0 }];

    /// <summary>A file's JSON.</summary>
    public static JsonDocument Json(string path)
    {
        try
        {
            return StrictJson.Parse(Bytes(path));
        }
        catch (ModelFormatException e)
        {
            throw e.InFile(path);
        }
    }

    /// <summary>A file's bytes.</summary>
    /// <exception cref="ModelFormatException">There is no such file.</exception>
    public static byte[] Bytes(string path) => File.Exists(path) ? RegularFile.ReadAllBytes(path) : throw new ModelFormatException(
        new("file_missing", "A tokenizer is read from its model's files,", $"but there is no '{Path.GetFileName(path)}'.",
            "Check the path."), path);

    /// <summary>An entry has another form.</summary>
    public static ModelFormatException Wrong(string path, string entry, string needs, JsonElement received)
        => Wrong(path, entry, needs, PrintableText.Of(received.ToString() is { Length: > 60 } all ? all[..60] + "..." : $"{received}"));

    /// <summary>An entry has another form.</summary>
    public static ModelFormatException Wrong(string path, string entry, string needs, string received)
        => new(new("bad_tokenizer", $"The file of a tokenizer needs {needs},", $"but has {received}.",
            "Use the files that were published with the model."), path, entry: PrintableText.Of(entry));

    private static string Text(string path)
    {
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(Bytes(path));
        }
        catch (DecoderFallbackException e)
        {
            throw new ModelFormatException(new("not_text", "The file of a tokenizer must be valid UTF-8,", "but is not.",
                "Fetch it again."), path, e.Index, innerException: e);
        }
    }

    private static ModelFormatException AtLine(string path, int line, string code, string rule, string received)
        => new(new(code, rule, received, "Use the files that were published with the model."), path, entry: $"line {line + 1}");
}

using System.Collections.Immutable;
using System.Text.Json;

namespace DeepGpu.Data;

/// <summary>tokenizer_config.json and special_tokens_map.json: settings beside a vocabulary. Both may be missing.</summary>
internal sealed record TokenizerConfig
{
    /// <summary>Larger lengths mean none: files without one hold 10^30.</summary>
    private const double LongestLength = 1e9;

    private static readonly string[] Kinds = ["unk_token", "cls_token", "sep_token", "pad_token", "mask_token", "bos_token", "eos_token"];

    /// <summary>Hugging Face's class; null where it is not said.</summary>
    public string? ClassName { get; private init; }

    /// <summary>The special tokens by what they are for.</summary>
    public IReadOnlyDictionary<string, string> Special { get; private init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Tokens with numbers of their own beside the vocabulary.</summary>
    public IReadOnlyDictionary<string, int> Added { get; private init; } = ImmutableDictionary<string, int>.Empty;

    /// <summary>How rows are made.</summary>
    public TokenizerOptions Options { get; init; } = new();

    /// <summary>Whether bos_token is put before a text.</summary>
    public bool AddStart { get; private init; }

    /// <summary>Whether eos_token is put behind a text.</summary>
    public bool AddEnd { get; private init; }

    /// <summary>Whether a text begins with a blank.</summary>
    public bool AddPrefixSpace { get; private init; }

    private bool? LowerCase { get; init; }

    private bool? StripAccents { get; init; }

    private bool? SplitsChinese { get; init; }

    /// <summary>The settings in a folder.</summary>
    /// <exception cref="ModelFormatException">A file is no JSON object, or a setting has another form.</exception>
    public static TokenizerConfig Read(string folder)
    {
        var map = Entries(Path.Combine(folder, "special_tokens_map.json"));
        var path = Path.Combine(folder, "tokenizer_config.json");
        var entries = Entries(path);
        bool? Flag(string name) => !entries.TryGetValue(name, out var value) || value.ValueKind == JsonValueKind.Null ? null
            : value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean()
            : throw TokenFiles.Wrong(path, name, "true or false", value);
        var className = Text(entries, "tokenizer_class", path);
        var isLlama = className?.StartsWith("Llama", StringComparison.Ordinal) == true;
        return new()
        {
            ClassName = className,
            Special = SpecialOf(map, entries, path),
            Added = AddedOf(entries, path),
            AddStart = Flag("add_bos_token") ?? isLlama,
            AddEnd = Flag("add_eos_token") ?? className?.StartsWith("T5", StringComparison.Ordinal) == true,
            AddPrefixSpace = Flag("add_prefix_space") ?? false,
            LowerCase = Flag("do_lower_case"),
            StripAccents = Flag("strip_accents"),
            SplitsChinese = Flag("tokenize_chinese_chars"),
            Options = new()
            {
                MaxLength = LengthOf(entries, path),
                PaddingSide = SideOf(entries, "padding_side", path),
                TruncationSide = SideOf(entries, "truncation_side", path),
            },
        };
    }

    /// <summary>A vocabulary with these settings.</summary>
    public WordPieceFile Of(WordPieceFile file)
    {
        string Token(string kind, string other) => Special.TryGetValue(kind, out var token) ? token : other;
        return file with
        {
            LowerCase = LowerCase ?? file.LowerCase,
            StripAccents = StripAccents ?? file.StripAccents,
            SplitsChinese = SplitsChinese ?? file.SplitsChinese,
            Unknown = Token("unk_token", file.Unknown),
            Start = Token("cls_token", file.Start),
            End = Token("sep_token", file.End),
            Padding = Token("pad_token", file.Padding),
            Mask = Token("mask_token", file.Mask),
        };
    }

    /// <summary>The numbers of special tokens, in a vocabulary or of their own.</summary>
    public Dictionary<string, int> NumbersIn(IReadOnlyDictionary<string, int> vocabulary)
    {
        var numbers = Special.Values.Distinct().Where(vocabulary.ContainsKey).ToDictionary(token => token, token => vocabulary[token],
            StringComparer.Ordinal);
        foreach (var (token, number) in Added) numbers[token] = number;
        return numbers;
    }

    /// <summary>The same settings with special tokens and tokens with numbers of their own from another file.</summary>
    public TokenizerConfig With(IReadOnlyDictionary<string, int> added) => this with { Added = added };

    private static Dictionary<string, JsonElement> Entries(string path)
    {
        if (!File.Exists(path)) return [];
        using var document = TokenFiles.Json(path);
        if (document.RootElement.ValueKind != JsonValueKind.Object) throw TokenFiles.Wrong(path, "", "an object", document.RootElement);
        return document.RootElement.EnumerateObject()
            .ToDictionary(entry => entry.Name, entry => entry.Value.Clone(), StringComparer.Ordinal);
    }

    /// <summary>A token is a text, or an object whose "content" is.</summary>
    private static Dictionary<string, string> SpecialOf(Dictionary<string, JsonElement> map, Dictionary<string, JsonElement> entries,
        string path)
    {
        var special = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var kind in Kinds)
        {
            if ((Text(entries, kind, path) ?? Text(map, kind, path)) is { Length: > 0 } token) special[kind] = token;
        }

        return special;
    }

    private static Dictionary<string, int> AddedOf(Dictionary<string, JsonElement> entries, string path)
    {
        var added = new Dictionary<string, int>(StringComparer.Ordinal);
        if (!entries.TryGetValue("added_tokens_decoder", out var tokens) || tokens.ValueKind != JsonValueKind.Object) return added;
        foreach (var token in tokens.EnumerateObject())
        {
            if (!int.TryParse(token.Name, out var number) || number is < 0 or > TokenFiles.MostTokens
                || Content(token.Value) is not { Length: > 0 } text)
                throw TokenFiles.Wrong(path, "added_tokens_decoder", "a token for each number", token.Value);
            added[text] = number;
        }

        return added;
    }

    private static string? Text(Dictionary<string, JsonElement> entries, string name, string path)
        => !entries.TryGetValue(name, out var value) || value.ValueKind == JsonValueKind.Null ? null
            : Content(value) ?? throw TokenFiles.Wrong(path, name, "a text", value);

    private static string? Content(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Object when value.TryGetProperty("content", out var text) && text.ValueKind == JsonValueKind.String
            => text.GetString(),
        _ => null,
    };

    private static int? LengthOf(Dictionary<string, JsonElement> entries, string path)
    {
        if (!entries.TryGetValue("model_max_length", out var value) || value.ValueKind == JsonValueKind.Null) return null;
        if (value.ValueKind != JsonValueKind.Number || value.GetDouble() < 1)
            throw TokenFiles.Wrong(path, "model_max_length", "a number of at least 1", value);
        return value.GetDouble() > LongestLength ? null : (int)value.GetDouble();
    }

    private static SequenceSide SideOf(Dictionary<string, JsonElement> entries, string name, string path)
        => Text(entries, name, path) switch
        {
            null or "right" => SequenceSide.Right,
            "left" => SequenceSide.Left,
            var other => throw TokenFiles.Wrong(path, name, "\"right\" or \"left\"", $"'{PrintableText.Of(other)}'"),
        };
}

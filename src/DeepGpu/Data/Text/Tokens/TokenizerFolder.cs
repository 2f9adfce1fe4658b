namespace DeepGpu.Data;

/// <summary>What a tokenizer is made of.</summary>
/// <param name="Engine">Text to numbers and back.</param>
/// <param name="Template">Where special tokens stand.</param>
/// <param name="Options">How rows are made.</param>
/// <param name="Special">The special tokens by what they are for: pad_token, cls_token.</param>
internal sealed record TokenizerParts(TokenEngine Engine, TokenTemplate Template, TokenizerOptions Options,
    IReadOnlyDictionary<string, string> Special);

/// <summary>Finds and reads the files of a tokenizer as models are published with them.</summary>
internal static class TokenizerFolder
{
    private static readonly string[] SentencePieceNames = ["tokenizer.model", "spiece.model", "sentencepiece.bpe.model"];

    /// <summary>Classes whose numbers are not the model file's.</summary>
    private static readonly string[] Shifted = ["XLMRoberta", "Camembert", "MBart", "Barthez", "NllbTokenizer", "M2M100"];

    /// <summary>Reads a folder, or the file that decides and what lies beside it.</summary>
    /// <exception cref="ModelFormatException">There are no such files, or one is damaged or of a kind not known.</exception>
    public static TokenizerParts Read(string path)
    {
        var folder = Directory.Exists(path) ? path : Path.GetDirectoryName(Path.GetFullPath(path))!;
        var config = TokenizerConfig.Read(folder);
        return (Directory.Exists(path) ? Deciding(folder) : Path.GetFileName(path)) switch
        {
            "tokenizer.json" => TokenizerJson.Read(Path.Combine(folder, "tokenizer.json"), config),
            "vocab.json" or "merges.txt" => BytePair(folder, config),
            { } name when name.EndsWith(".model", StringComparison.Ordinal) => SentencePiece(Path.Combine(folder, name), config),
            { } name when name.EndsWith(".txt", StringComparison.Ordinal) => WordPiece(Path.Combine(folder, name), config),
            var name => throw None(path, name),
        };
    }

    /// <summary>A WordPiece vocabulary with the settings beside it.</summary>
    public static TokenizerParts WordPiece(WordPieceFile file, string path, TokenizerConfig config, TokenTemplate? template = null)
    {
        if (file.Needed.FirstOrDefault(token => !file.Vocabulary.ContainsKey(token)) is { } missing)
            throw TokenFiles.Wrong(path, missing, $"the special tokens {string.Join(", ", file.Needed)}", $"no '{missing}'");
        var special = new Dictionary<string, string>(config.Special, StringComparer.Ordinal)
        {
            ["unk_token"] = file.Unknown,
            ["cls_token"] = file.Start,
            ["sep_token"] = file.End,
            ["pad_token"] = file.Padding,
            ["mask_token"] = file.Mask,
        };
        return new(TokenEngine.WordPiece(file),
            template ?? TokenTemplate.Bert(file.Vocabulary[file.Start], file.Vocabulary[file.End]), config.Options, special);
    }

    /// <summary>Byte pairs with the settings beside them.</summary>
    public static TokenizerParts BytePair(BytePairFile file, string path, TokenizerConfig config, TokenTemplate? template = null)
    {
        try
        {
            var engine = TokenEngine.BytePair(file);
            return new(engine, template ?? Around(engine, config), config.Options, config.Special);
        }
        catch (Exception e) when (e is not DeepGpuException)
        {
            throw new ModelFormatException(new("bad_tokenizer", "The vocabulary and the merges of byte pairs must belong together,",
                $"but: {e.Message}", "Use the files that were published with the model."), path, innerException: e);
        }
    }

    private static string? Deciding(string folder)
    {
        bool Has(string name) => File.Exists(Path.Combine(folder, name));
        var pieces = SentencePieceNames.FirstOrDefault(Has);
        if (Has("tokenizer.json") && (pieces is null || TokenizerJson.IsReadable(Path.Combine(folder, "tokenizer.json"))))
            return "tokenizer.json";
        return pieces ?? (Has("vocab.txt") ? "vocab.txt" : Has("vocab.json") ? "vocab.json" : null);
    }

    private static TokenizerParts WordPiece(string path, TokenizerConfig config)
        => WordPiece(config.Of(new WordPieceFile(TokenFiles.Lines(path))), path, config);

    private static TokenizerParts BytePair(string folder, TokenizerConfig config)
    {
        var path = Path.Combine(folder, "vocab.json");
        var file = new BytePairFile(TokenFiles.Numbers(path), TokenFiles.Merges(Path.Combine(folder, "merges.txt")))
        {
            AddPrefixSpace = config.AddPrefixSpace,
        };
        return BytePair(file with { Special = config.NumbersIn(file.Vocabulary) }, path, config);
    }

    private static TokenizerParts SentencePiece(string path, TokenizerConfig config)
    {
        if (Shifted.FirstOrDefault(name => config.ClassName?.StartsWith(name, StringComparison.Ordinal) == true) is not null)
            throw TokenFiles.Wrong(path, "tokenizer_class", "a class whose numbers are those of the model file",
                $"{config.ClassName}, which shifts them");
        try
        {
            var engine = TokenEngine.SentencePiece(TokenFiles.Bytes(path), config.Added);
            return new(engine, Around(engine, config), config.Options, config.Special);
        }
        catch (Exception e) when (e is not DeepGpuException)
        {
            throw new ModelFormatException(new("bad_tokenizer", "A SentencePiece model must be a whole protocol buffer of that kind,",
                $"but: {PrintableText.Of(e.Message)}", "Fetch the file again."), path, innerException: e);
        }
    }

    /// <summary>Special tokens as a class of Hugging Face adds them: RoBERTa's around, Llama's at the start, T5's at the end.</summary>
    private static TokenTemplate Around(TokenEngine engine, TokenizerConfig config)
    {
        int? Number(string kind) => config.Special.TryGetValue(kind, out var token) && engine.Vocabulary.TryGetValue(token, out var n) ? n
            : null;
        if (config.ClassName?.StartsWith("Roberta", StringComparison.Ordinal) == true && Number("cls_token") is { } start
            && Number("sep_token") is { } end) return TokenTemplate.Roberta(start, end);
        return TokenTemplate.Around(config.AddStart ? Number("bos_token") : null, config.AddEnd ? Number("eos_token") : null);
    }

    private static ModelFormatException None(string path, string? name) => new(new(
        "no_tokenizer",
        "A tokenizer is read from tokenizer.json, vocab.txt, vocab.json with merges.txt, or tokenizer.model,",
        name is null ? "but the folder has none of them." : $"but receives '{PrintableText.Of(name)}'.",
        "Name the folder with the model's files, or one of them."), path);
}

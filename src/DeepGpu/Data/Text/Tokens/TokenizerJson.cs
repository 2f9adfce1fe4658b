using System.Collections.Immutable;
using System.Text.Json;

namespace DeepGpu.Data;

/// <summary>tokenizer.json of Hugging Face's tokenizers: WordPiece and byte-level BPE.</summary>
internal static class TokenizerJson
{
    /// <summary>Whether the file's kind is one that is read; another file may stand beside it.</summary>
    public static bool IsReadable(string path)
    {
        using var document = TokenFiles.Json(path);
        return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("model", out var model)
            && (TypeOf(model) == "WordPiece" || (TypeOf(model) == "BPE" && ByteLevelOf(document.RootElement) is not null));
    }

    /// <summary>Reads the file.</summary>
    /// <exception cref="ModelFormatException">It is damaged or of another kind.</exception>
    public static TokenizerParts Read(string path, TokenizerConfig config)
    {
        using var document = TokenFiles.Json(path);
        try
        {
            return Read(document.RootElement, path, config);
        }
        catch (Exception e) when (e is InvalidOperationException or FormatException)
        {
            throw TokenFiles.Wrong(path, "", "entries of the kinds that Hugging Face writes", e.Message);
        }
    }

    private static TokenizerParts Read(JsonElement root, string path, TokenizerConfig config)
    {
        var model = root.ValueKind == JsonValueKind.Object && root.TryGetProperty("model", out var found) ? found
            : throw TokenFiles.Wrong(path, "model", "a model", root);
        var added = Added(root, path);
        return TypeOf(model) switch
        {
            "WordPiece" => WordPiece(root, model, path, config, added),
            "BPE" when ByteLevelOf(root) is { } bytes => BytePair(root, model, bytes, path, config.With(added)),
            var type => throw TokenFiles.Wrong(path, "model", "a WordPiece or byte-level BPE model",
                $"{(type == "BPE" ? "BPE without byte level" : PrintableText.Of(type ?? "none"))}: read tokenizer.model in its place"),
        };
    }

    private static TokenizerParts WordPiece(JsonElement root, JsonElement model, string path, TokenizerConfig config,
        Dictionary<string, int> added)
    {
        var normalizer = Parts(root, "normalizer", "normalizers").FirstOrDefault(part => TypeOf(part) == "BertNormalizer");
        var vocabulary = TokenFiles.Numbers(Property(model, "vocab", path), path);
        foreach (var (token, number) in added) vocabulary.TryAdd(token, number);
        CheckDense(vocabulary, path);
        var file = new WordPieceFile(vocabulary)
        {
            Prefix = Text(model, "continuing_subword_prefix") ?? "##",
            Unknown = Text(model, "unk_token") ?? "[UNK]",
            LowerCase = Flag(normalizer, "lowercase") ?? false,
            StripAccents = Flag(normalizer, "strip_accents"),
            SplitsChinese = Flag(normalizer, "handle_chinese_chars") ?? false,
        };
        return TokenizerFolder.WordPiece(config.Of(file), path, config, Template(root, vocabulary, path));
    }

    private static TokenizerParts BytePair(JsonElement root, JsonElement model, JsonElement bytes, string path, TokenizerConfig config)
    {
        var file = new BytePairFile(TokenFiles.Numbers(Property(model, "vocab", path), path), Merges(Property(model, "merges", path), path))
        {
            AddPrefixSpace = Flag(bytes, "add_prefix_space") ?? false,
            Pattern = Pattern(root) ?? TokenEngine.BytePairPattern,
        };
        file = file with { Special = config.NumbersIn(file.Vocabulary) };
        var all = file.Vocabulary.Concat(file.Special.Where(pair => !file.Vocabulary.ContainsKey(pair.Key)))
            .ToDictionary(StringComparer.Ordinal);
        return TokenizerFolder.BytePair(file, path, config, Template(root, all, path) ?? TokenTemplate.Plain);
    }

    /// <summary>Older files have a merge as "a b", newer ones as ["a", "b"].</summary>
    private static ImmutableArray<string> Merges(JsonElement merges, string path)
    {
        if (merges.ValueKind != JsonValueKind.Array) throw TokenFiles.Wrong(path, "merges", "a list of pairs", merges);
        return [.. merges.EnumerateArray().Select((merge, place) => merge.ValueKind switch
        {
            JsonValueKind.String when TokenFiles.IsPair(merge.GetString()!) => merge.GetString()!,
            JsonValueKind.Array when merge.GetArrayLength() == 2 => $"{merge[0].GetString()} {merge[1].GetString()}",
            _ => throw TokenFiles.Wrong(path, $"merges[{place}]", "two tokens", merge),
        })];
    }

    private static Dictionary<string, int> Added(JsonElement root, string path)
    {
        var added = new Dictionary<string, int>(StringComparer.Ordinal);
        if (!root.TryGetProperty("added_tokens", out var tokens) || tokens.ValueKind != JsonValueKind.Array) return added;
        foreach (var token in tokens.EnumerateArray())
        {
            if (Text(token, "content") is not { } text || !token.TryGetProperty("id", out var id) || !id.TryGetInt32(out var number)
                || number is < 0 or > TokenFiles.MostTokens)
                throw TokenFiles.Wrong(path, "added_tokens", "a token's id and content", token);
            added[text] = number;
        }

        return added;
    }

    /// <summary>Where special tokens stand; null where the file does not say.</summary>
    private static TokenTemplate? Template(JsonElement root, IReadOnlyDictionary<string, int> vocabulary, string path)
    {
        foreach (var part in Parts(root, "post_processor", "processors"))
        {
            switch (TypeOf(part))
            {
                case "TemplateProcessing":
                    return new(Places(part, "single", vocabulary, path), Places(part, "pair", vocabulary, path));
                case "BertProcessing":
                    return TokenTemplate.Bert(Second(part, "cls", path), Second(part, "sep", path));
                case "RobertaProcessing":
                    return TokenTemplate.Roberta(Second(part, "cls", path), Second(part, "sep", path));
            }
        }

        return null;
    }

    private static ImmutableArray<TemplatePlace> Places(JsonElement part, string name, IReadOnlyDictionary<string, int> vocabulary,
        string path)
        => [.. Property(part, name, path).EnumerateArray().Select(place => Place(place.EnumerateObject().First(), vocabulary, path))];

    private static TemplatePlace Place(JsonProperty place, IReadOnlyDictionary<string, int> vocabulary, string path)
    {
        var (id, segment) = (Text(place.Value, "id"), place.Value.TryGetProperty("type_id", out var type) ? type.GetInt32() : 0);
        if (place.Name == "Sequence") return TemplatePlace.Text(id == "B", segment);
        return id is not null && vocabulary.TryGetValue(id, out var number) ? TemplatePlace.Special(number, segment)
            : throw TokenFiles.Wrong(path, "post_processor", "special tokens of the vocabulary", $"'{PrintableText.Of(id ?? "")}'");
    }

    /// <summary>The number in ["[CLS]", 101].</summary>
    private static int Second(JsonElement part, string name, string path)
        => Property(part, name, path) is { ValueKind: JsonValueKind.Array } pair && pair.GetArrayLength() == 2 ? pair[1].GetInt32()
            : throw TokenFiles.Wrong(path, name, "a token and its number", part);

    private static JsonElement? ByteLevelOf(JsonElement root)
    {
        var parts = Parts(root, "pre_tokenizer", "pretokenizers").Where(part => TypeOf(part) == "ByteLevel").ToList();
        return parts.Count > 0 ? parts[0] : null;
    }

    /// <summary>The expression that texts are split by; null for byte level's own.</summary>
    private static string? Pattern(JsonElement root)
        => Parts(root, "pre_tokenizer", "pretokenizers").Where(part => TypeOf(part) == "Split")
            .Select(part => part.TryGetProperty("pattern", out var pattern) ? Text(pattern, "Regex") : null).FirstOrDefault();

    /// <summary>A part, or the parts of a sequence of them.</summary>
    private static JsonElement[] Parts(JsonElement root, string name, string inside)
    {
        if (!root.TryGetProperty(name, out var part) || part.ValueKind != JsonValueKind.Object) return [];
        return TypeOf(part) == "Sequence" && part.TryGetProperty(inside, out var all) && all.ValueKind == JsonValueKind.Array
            ? [.. all.EnumerateArray()] : [part];
    }

    private static void CheckDense(Dictionary<string, int> vocabulary, string path)
    {
        if (!vocabulary.Values.Order().Select((number, place) => number == place).Contains(false)) return;
        throw TokenFiles.Wrong(path, "vocab", "the numbers from 0 on, each once",
            $"{vocabulary.Count} tokens up to {vocabulary.Values.DefaultIfEmpty().Max()}");
    }

    private static JsonElement Property(JsonElement element, string name, string path)
        => element.TryGetProperty(name, out var value) ? value : throw TokenFiles.Wrong(path, name, $"an entry '{name}'", "none");

    private static string? TypeOf(JsonElement element) => Text(element, "type");

    private static string? Text(JsonElement element, string name)
        => element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value)
            && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static bool? Flag(JsonElement element, string name)
        => element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value)
            && value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : null;
}

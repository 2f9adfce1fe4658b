using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace DeepGpu.Tests.Data;

/// <summary>Small tokenizers in the layout that models are published in, and plain loops that say what they give.</summary>
internal static class TokenizerFixture
{
    public static readonly string[] Pieces =
    [
        "[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "want", "##want", "##ed", "wa", "un", "runn", "##ing", ",", "low", "##est", "a", "b",
        "##a", "##b", "##aff", "##able", "un", "!", "e", "中", "国",
    ];

    public static readonly string[] WordPieces = [.. Pieces.Distinct()];

    public static readonly string[] Merges
        = ["h e", "l l", "he ll", "hell o", "Ġ w", "o r", "Ġw or", "l d", "Ġwor ld", "Ġ t", "Ġt he", "i n", "in g", "Ã ¤"];

    /// <summary>The letters that stand for the 256 bytes. Radford et al., 2019: printable ones for themselves, the others from U+0100
    /// on.</summary>
    public static readonly char[] Bytes = ByteLetters();

    public static readonly Dictionary<string, int> BytePairs = Vocabulary();

    /// <summary>vocab.txt.</summary>
    public static string WriteWordPiece(string folder, string? config = null)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "vocab.txt"), string.Join('\n', WordPieces) + "\n");
        if (config is not null) File.WriteAllText(Path.Combine(folder, "tokenizer_config.json"), config);
        return folder;
    }

    /// <summary>vocab.json and merges.txt.</summary>
    public static string WriteBytePair(string folder, string? config = null)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "vocab.json"), JsonSerializer.Serialize(BytePairs));
        File.WriteAllText(Path.Combine(folder, "merges.txt"), "#version: 0.2\n" + string.Join('\n', Merges) + "\n");
        if (config is not null) File.WriteAllText(Path.Combine(folder, "tokenizer_config.json"), config);
        return folder;
    }

    /// <summary>tokenizer.json of either kind.</summary>
    public static string WriteJson(string folder, JsonObject json)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "tokenizer.json"), json.ToJsonString());
        return folder;
    }

    /// <summary>tokenizer.model: pieces with scores, of a kind (1 unigram, 2 BPE).</summary>
    public static string WriteSentencePiece(string folder, IEnumerable<(string Piece, float Score, int Type)> pieces, int kind,
        string? config = null)
    {
        Directory.CreateDirectory(folder);
        using var file = new MemoryStream();
        foreach (var (piece, score, type) in pieces) Field(file, 1, Piece(piece, score, type));
        Field(file, 2, [3 << 3, (byte)kind]);
        Field(file, 3, [3 << 3, 1, 4 << 3, 1, 5 << 3, 1]);
        File.WriteAllBytes(Path.Combine(folder, "tokenizer.model"), file.ToArray());
        if (config is not null) File.WriteAllText(Path.Combine(folder, "tokenizer_config.json"), config);
        return folder;
    }

    /// <summary>A word by the longest piece that fits, again and again; unknown as a whole where none does.</summary>
    public static int[] OfWord(string word)
    {
        var (numbers, start) = (new List<int>(), 0);
        while (start < word.Length)
        {
            var end = word.Length;
            while (end > start && Array.IndexOf(WordPieces, (start > 0 ? "##" : "") + word[start..end]) < 0) end--;
            if (end == start) return [1];
            numbers.Add(Array.IndexOf(WordPieces, (start > 0 ? "##" : "") + word[start..end]));
            start = end;
        }

        return [.. numbers];
    }

    /// <summary>A part of a text by merging the pair that was learned first, again and again.</summary>
    public static int[] OfPart(string part)
    {
        var letters = Encoding.UTF8.GetBytes(part).Select(value => Bytes[value].ToString()).ToList();
        while (true)
        {
            var pairs = Enumerable.Range(0, letters.Count - 1)
                .Select(i => (Rank: Array.IndexOf(Merges, $"{letters[i]} {letters[i + 1]}"), i)).Where(pair => pair.Rank >= 0).ToList();
            if (pairs.Count == 0) return [.. letters.Select(letter => BytePairs[letter])];
            var (_, at) = pairs.Min();
            letters[at] += letters[at + 1];
            letters.RemoveAt(at + 1);
        }
    }

    /// <summary>The way to cut a text into pieces with the largest sum of scores, by trying all.</summary>
    public static (double Score, int[] Numbers) Best(string text, IReadOnlyList<(string Piece, float Score, int Type)> pieces)
        => text.Length == 0 ? (0, []) : pieces.Select((piece, number) => (piece, number))
            .Where(pair => pair.piece.Type == 1 && text.StartsWith(pair.piece.Piece, StringComparison.Ordinal))
            .Select(pair => (pair, After: Best(text[pair.piece.Piece.Length..], pieces)))
            .Select(pair => (pair.pair.piece.Score + pair.After.Score, (int[])[pair.pair.number, .. pair.After.Numbers]))
            .Append((double.NegativeInfinity, [])).MaxBy(way => way.Item1);

    private static byte[] Piece(string piece, float score, int type)
    {
        using var bytes = new MemoryStream();
        Field(bytes, 1, Encoding.UTF8.GetBytes(piece));
        bytes.Write([(2 << 3) | 5, .. BitConverter.GetBytes(score), 3 << 3, (byte)type]);
        return bytes.ToArray();
    }

    private static void Field(Stream stream, int number, byte[] value)
    {
        stream.WriteByte((byte)((number << 3) | 2));
        stream.WriteByte((byte)value.Length);
        stream.Write(value);
    }

    private static char[] ByteLetters()
    {
        var next = 256;
        return [.. Enumerable.Range(0, 256).Select(value => value is >= '!' and <= '~' or >= 0xA1 and <= 0xAC or >= 0xAE ? (char)value
            : (char)next++)];
    }

    private static Dictionary<string, int> Vocabulary()
    {
        var merged = Merges.Select(merge => merge.Replace(" ", "", StringComparison.Ordinal));
        return Bytes.Select(letter => letter.ToString()).Concat(merged).Append("<|endoftext|>").Select((token, number) => (token, number))
            .ToDictionary(pair => pair.token, pair => pair.number, StringComparer.Ordinal);
    }
}

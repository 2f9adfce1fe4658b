using DeepGpu;

namespace FineTuneEncoder;

/// <summary>A vocabulary in BERT's form, learned from texts: the most frequent words, and every letter as the start or the rest of a
/// word, so that no word is unknown. A published model brings its own file.</summary>
public static class WordPieces
{
    /// <summary>Writes vocab.txt and reads it as a model's tokenizer.</summary>
    /// <param name="texts">The texts to learn from.</param>
    /// <param name="words">How many words.</param>
    public static Tokenizer Learn(IEnumerable<string> texts, int words)
    {
        var counts = texts.SelectMany(text => text.ToLowerInvariant().Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(word => word.All(char.IsAsciiLetterOrDigit)).CountBy(word => word).ToList();
        var letters = texts.SelectMany(text => text.ToLowerInvariant()).Where(letter => !char.IsWhiteSpace(letter)).Distinct().Order()
            .Select(letter => letter.ToString()).ToList();
        var frequent = counts.OrderByDescending(word => word.Value).ThenBy(word => word.Key, StringComparer.Ordinal)
            .Take(words).Select(word => word.Key);
        string[] special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"];
        var folder = Directory.CreateTempSubdirectory("deepgpu-vocabulary-").FullName;
        try
        {
            var path = Path.Combine(folder, "vocab.txt");
            File.WriteAllLines(path, special.Concat(letters).Concat(letters.Select(letter => "##" + letter)).Concat(frequent).Distinct());
            return Tokenizer.FromFiles(path);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}

using System.Globalization;

namespace RealSequences;

/// <summary>Surnames of 18 languages, a text file each, MIT: https://github.com/spro/practical-pytorch.
/// Which language is a name of?</summary>
public static class NamesByLanguage
{
    /// <summary>Reads the folder; a name counts once a language.</summary>
    public static SequenceTask Load(string folder)
    {
        var files = Directory.GetFiles(folder, "*.txt").Order(StringComparer.Ordinal).ToArray();
        var samples = files.SelectMany((file, language) => File.ReadLines(file).Select(line => line.Trim()).Where(name => name.Length > 0)
            .Distinct(StringComparer.Ordinal).Select(name => (Letters(name), language)));
        return TextSamples.Classify(samples, files.Length, vocabulary: 100, length: 20, epochs: 10);
    }

    private static string[] Letters(string name) => [.. name.Select(letter => letter.ToString(CultureInfo.InvariantCulture))];
}

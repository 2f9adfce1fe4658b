using System.Collections.Immutable;
using System.Formats.Tar;
using System.IO.Compression;

namespace DeepGpu.Data;

/// <summary>Reads the reviews of aclImdb: one file each, in train/neg, train/pos, test/neg and test/pos.</summary>
internal static class ImdbArchive
{
    private static readonly ImmutableArray<string> Classes = ["neg", "pos"];

    public static (LabeledTexts Train, LabeledTexts Test) Read(string path)
    {
        var texts = new SortedDictionary<string, string>(StringComparer.Ordinal);
        using var tar = new TarReader(new GZipStream(RegularFile.OpenRead(path), CompressionMode.Decompress));
        while (tar.GetNextEntry() is { } entry)
        {
            if (entry.DataStream is null || !entry.Name.EndsWith(".txt", StringComparison.Ordinal)
                || entry.Name.Split('/') is not [_, "train" or "test", "neg" or "pos", _])
                continue;
            using var reader = new StreamReader(entry.DataStream);
            texts[entry.Name] = reader.ReadToEnd();
        }

        return (Part(texts, "train"), Part(texts, "test"));
    }

    private static LabeledTexts Part(SortedDictionary<string, string> texts, string part)
    {
        var own = texts.Where(text => text.Key.Split('/')[1] == part).ToList();
        return new([.. own.Select(text => text.Value)], [.. own.Select(text => Classes.IndexOf(text.Key.Split('/')[2]))], Classes);
    }
}

using System.Formats.Tar;
using System.IO.Compression;

namespace DeepGpu.Data;

/// <summary>Reads CIFAR's binary version: records of labels and the red, green and blue planes of 32 x 32 pixels.</summary>
internal static class CifarArchive
{
    private const int Side = 32;
    private const int Plane = Side * Side;

    /// <summary>The training and test images of an archive.</summary>
    /// <param name="path">The .tar.gz file.</param>
    /// <param name="labelBytes">Labels a record; the last one is taken.</param>
    /// <param name="training">What the names of files for training start with; those for testing start with "test".</param>
    public static (Dataset Train, Dataset Test) Read(string path, int labelBytes, string training)
    {
        var files = new SortedDictionary<string, byte[]>(StringComparer.Ordinal);
        using var tar = new TarReader(new GZipStream(RegularFile.OpenRead(path), CompressionMode.Decompress));
        while (tar.GetNextEntry() is { } entry)
        {
            if (entry.DataStream is not { } data || !entry.Name.EndsWith(".bin", StringComparison.Ordinal)) continue;
            var bytes = new byte[data.Length];
            data.ReadExactly(bytes);
            files[Path.GetFileName(entry.Name)] = bytes;
        }

        Dataset Of(string start)
            => Decode([.. files.Where(file => file.Key.StartsWith(start, StringComparison.Ordinal))
                .SelectMany(file => file.Value.Chunk(labelBytes + 3 * Plane))], labelBytes);
        return (Of(training), Of("test"));
    }

    private static Dataset Decode(byte[][] records, int labelBytes)
    {
        var pixels = new float[records.Length * 3 * Plane];
        Parallel.For(0, records.Length, i => Interleave(records[i].AsSpan(labelBytes), pixels.AsSpan(i * 3 * Plane, 3 * Plane)));
        return Dataset.FromArrays(NDArray.From<float>(pixels, records.Length, Side, Side, 3),
            NDArray.From<byte>([.. records.Select(record => record[labelBytes - 1])], records.Length));
    }

    private static void Interleave(ReadOnlySpan<byte> planes, Span<float> pixels)
    {
        for (var i = 0; i < pixels.Length; i++) pixels[i] = planes[i % 3 * Plane + i / 3] / 255f;
    }
}

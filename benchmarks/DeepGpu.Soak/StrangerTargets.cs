using System.IO.Hashing;
using System.Text;
using DeepGpu.Formats.Fuzzing;
using DeepGpu.Models;
using DeepGpu.Tests.Weights;

namespace DeepGpu.Soak;

/// <summary>What reads the files of strangers: descriptions of every Keras, damaged value by value, and whole model files, whose weights
/// are turned and joined as their layers need them. Needs DEEPGPU_DATA.</summary>
internal static class StrangerTargets
{
    private const int MostBytes = 1 << 16;

    /// <param name="folder">Where files that must lie on disk are written.</param>
    public static IEnumerable<FuzzTarget> All(string folder)
    {
        if (Environment.GetEnvironmentVariable("DEEPGPU_DATA") is not { Length: > 0 } root) yield break;
        var bugs = Path.Combine(root, "bugs");
        yield return new("stranger-descriptions", [.. StrangerDescriptions.All(bugs).Select(Encoding.UTF8.GetBytes)], ReadDescription);
        foreach (var ending in new[] { ".h5", ".keras" })
        {
            var path = Path.Combine(folder, "stranger" + ending);
            yield return new("stranger" + ending, [.. Files(bugs, ending)], bytes => Convert(path, bytes));
        }
    }

    private static IEnumerable<byte[]> Files(string bugs, string ending)
        => new[] { bugs, Path.Combine(bugs, "strangers"), Path.Combine(bugs, "crash") }
            .SelectMany(folder => Directory.GetFiles(folder, "*" + ending)).Order(StringComparer.Ordinal)
            .Select(File.ReadAllBytes).Where(bytes => bytes.Length <= MostBytes);

    /// <summary>Bytes that are JSON are read; whatever they are, they choose the damage done to the values of a whole one.</summary>
    private static void ReadDescription(byte[] bytes)
    {
        var text = Encoding.UTF8.GetString(bytes);
        ModelSpec.FromJson(ModelSpec.FromJson(text).ToJson());
        var damaged = StrangerDescriptions.Damaged(text, new Random(unchecked((int)Crc32.HashToUInt32(bytes))));
        ModelSpec.FromJson(ModelSpec.FromJson(damaged).ToJson());
    }

    /// <summary>Reads description, weights and training, and writes them as this library does: no native library is needed.</summary>
    private static void Convert(string path, byte[] bytes)
    {
        File.WriteAllBytes(path, bytes);
        ModelFile.Convert(path, Path.ChangeExtension(path, ".deepgpu"));
    }
}

using System.IO.Hashing;
using System.Text;
using DeepGpu.Formats;
using DeepGpu.Formats.Fuzzing;
using DeepGpu.Models;
using DeepGpu.Testing;
using DeepGpu.Tests.Weights;

namespace DeepGpu.Soak;

/// <summary>What reads the files of strangers: descriptions of every Keras, damaged value by value, and whole model files, whose weights
/// are turned and joined as their layers need them; these need DEEPGPU_DATA. ONNX files of every kind of structure.</summary>
internal static class StrangerTargets
{
    private const int MostBytes = 1 << 16;

    /// <param name="folder">Where files that must lie on disk are written.</param>
    public static IEnumerable<FuzzTarget> All(string folder)
    {
        yield return new("onnx", OnnxSamples.All, bytes => Describe(Path.Combine(folder, "m.onnx"), bytes));
        if (Environment.GetEnvironmentVariable("DEEPGPU_DATA") is not { Length: > 0 } root) yield break;
        var bugs = Path.Combine(root, "bugs");
        var whole = StrangerDescriptions.All(bugs).ToHashSet(StringComparer.Ordinal);
        yield return new("stranger-descriptions", [.. whole.Select(Encoding.UTF8.GetBytes)], bytes => ReadDescription(bytes, whole));
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

    private static void Describe(string path, byte[] bytes)
    {
        File.WriteAllBytes(path, bytes);
        OnnxSamples.Use(path);
    }

    /// <summary>Reads a whole description; damaged bytes choose one of them and the damage done to its values.</summary>
    private static void ReadDescription(byte[] bytes, HashSet<string> whole)
    {
        var text = Encoding.UTF8.GetString(bytes);
        if (!whole.Contains(text))
        {
            var seed = unchecked((int)Crc32.HashToUInt32(bytes));
            text = StrangerDescriptions.Damaged(whole.ElementAt((seed & int.MaxValue) % whole.Count), new Random(seed));
        }

        ModelSpec.FromJson(ModelSpec.FromJson(text).ToJson());
    }

    /// <summary>Reads description, weights and training, and writes them as this library does: no native library is needed. Weights
    /// alone are read.</summary>
    private static void Convert(string path, byte[] bytes)
    {
        File.WriteAllBytes(path, bytes);
        using (var file = WeightFile.Open(path))
        {
            if (WeightFile.DescriptionOf(file) is null)
            {
                foreach (var tensor in file.Tensors) file.Read(tensor);
                return;
            }
        }

        ModelFile.Convert(path, Path.ChangeExtension(path, ".deepgpu"));
    }
}

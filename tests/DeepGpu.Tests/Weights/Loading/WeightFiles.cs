using System.Text.Json;
using DeepGpu.Formats;
using DeepGpu.Models;
using Padding = DeepGpu.Models.Padding;

namespace DeepGpu.Tests.Weights;

/// <summary>A small network, and files of its weights in every format.</summary>
internal static class WeightFiles
{
    public static readonly ModelSpec Small = Sequential.Input(4, 4, 2)
        .Conv2D(3, 3, padding: Padding.Same, name: "conv").BatchNormalization(name: "norm").Flatten().Dense(5, name: "fc").Build();

    public const string TfjsLastShard = "group1-shard2of2.bin";

    public static List<KeyValuePair<string, NDArray>> Tensors(Model model)
        => [.. model.Weights.Select(weight => KeyValuePair.Create(weight.Name, weight.ToArray()))];

    /// <summary>Writes the weights of a model into a folder; the ending of the name says the format.</summary>
    public static string Write(Model model, string folder, string name)
    {
        var path = Path.Combine(folder, name);
        if (name.EndsWith(".npz", StringComparison.Ordinal)) AtomicFile.Write(path, stream => NpzFile.Write(stream, Tensors(model)));
        else if (name.EndsWith(".pth", StringComparison.Ordinal)) AtomicFile.Write(path, stream => PthWriter.Write(stream, Tensors(model)));
        else if (name.EndsWith(".json", StringComparison.Ordinal)) WriteTfjs(path, Tensors(model));
        else model.Save(path);
        return path;
    }

    /// <summary>model.json and two shards, cut in the middle of a weight, as tensorflowjs_converter writes them.</summary>
    private static void WriteTfjs(string path, List<KeyValuePair<string, NDArray>> tensors)
    {
        byte[] bytes = [.. tensors.SelectMany(tensor => tensor.Value.Bytes.ToArray())];
        File.WriteAllBytes(Path.Combine(Path.GetDirectoryName(path)!, "group1-shard1of2.bin"), bytes[..100]);
        File.WriteAllBytes(Path.Combine(Path.GetDirectoryName(path)!, TfjsLastShard), bytes[100..]);
        var weights = tensors.Select(tensor => new { name = tensor.Key, shape = tensor.Value.Shape, dtype = "float32" });
        File.WriteAllText(path, JsonSerializer.Serialize(new
        {
            format = "layers-model",
            weightsManifest = new[] { new { paths = new[] { "group1-shard1of2.bin", TfjsLastShard }, weights } }
        }));
    }
}

using System.Text.Json;
using DeepGpu.Models;
using DeepGpu.Testing;

namespace DeepGpu.Tests.Generation;

/// <summary>Tiny random decoders in the layout of Hugging Face's files, with the logits that plain numpy computes: written by
/// tests/Independent/decoders.py.</summary>
internal static class TinyDecoders
{
    public static readonly TheoryData<string> Names =
        [.. Directory.GetDirectories(RepositoryFolder.Path("tests", "Independent", "decoders"))
        .Select(folder => Path.GetFileName(folder)!).Order(StringComparer.Ordinal)];

    public static string Folder(string name) => RepositoryFolder.Path("tests", "Independent", "decoders", name);

    public static string Weights(string name)
    {
        var index = Path.Combine(Folder(name), "model.safetensors.index.json");
        return File.Exists(index) ? index : Path.Combine(Folder(name), "model.safetensors");
    }

    public static Model Load(string name, PrecisionPolicy precision = PrecisionPolicy.Float32)
    {
        var model = ModelSpec.FromHuggingFace(Folder(name)).ToModel(Device.Cpu, precision: precision);
        model.LoadWeights(Weights(name)).IsComplete.Should().BeTrue();
        return model;
    }

    public static (int[] Tokens, float[][] Logits) Expected(string name)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder(name), "expected.json")));
        return ([.. document.RootElement.GetProperty("tokens").EnumerateArray().Select(token => token.GetInt32())],
            [.. document.RootElement.GetProperty("logits").EnumerateArray()
                .Select(row => row.EnumerateArray().Select(logit => logit.GetSingle()).ToArray())]);
    }
}

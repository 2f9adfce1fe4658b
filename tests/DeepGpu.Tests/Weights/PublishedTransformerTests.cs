using System.ComponentModel;
using System.Text.Json;
using DeepGpu.Formats;
using DeepGpu.Models;
using DeepGpu.Testing;

namespace DeepGpu.Tests.Weights;

/// <summary>Tiny transformers in the layout in which Hugging Face publishes them, made and computed by a script of NumPy that shares nothing
/// with the library (tests/Independent): described by their config.json, loaded and run, they give its numbers.</summary>
public sealed class PublishedTransformerTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("deepgpu-published-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("bert")]
    [InlineData("bert-old-names")]
    [InlineData("bert-relu")]
    [InlineData("bert-classifier")]
    [InlineData("roberta")]
    [InlineData("roberta-classifier")]
    [InlineData("electra")]
    [InlineData("electra-classifier")]
    [InlineData("distilbert")]
    [InlineData("distilbert-classifier")]
    [InlineData("gpt2")]
    [InlineData("gpt2-body")]
    [InlineData("gpt2-untied")]
    [InlineData("vit")]
    [InlineData("vit-classifier")]
    [InlineData("vit-unbiased")]
    [InlineData("deit")]
    [InlineData("deit-classifier")]
    [InlineData("deit-teacher")]
    [InlineData("bart")]
    [InlineData("whisper")]
    [InlineData("t5")]
    [InlineData("t5-gated")]
    [InlineData("mt5")]
    public void A_published_file_gives_the_independent_numbers(string name)
    {
        var (inputs, expected) = Made(name);
        var spec = ModelSpec.FromHuggingFace(_folder);
        spec.ParameterCount.Should().Be(HuggingFaceConfig.Read(_folder).ParameterCount);
        using var model = spec.ToModel(Device.Cpu, seed: 1);
        model.LoadWeights(Path.Combine(_folder, "model.safetensors"));
        ShouldBe(model.Predict(inputs), expected);
    }

    /// <summary>Files in several parts, and torch's own.</summary>
    [Theory]
    [InlineData("bert-classifier", "shards")]
    [InlineData("gpt2-body", "shards")]
    [InlineData("bert", "pytorch_model.bin")]
    [InlineData("gpt2", "pytorch_model.bin")]
    [InlineData("vit-classifier", "pytorch_model.bin")]
    public void Other_forms_of_a_published_file_give_them_too(string name, string form)
    {
        var (inputs, expected) = Made(name);
        using var model = ModelSpec.FromHuggingFace(_folder).ToModel(Device.Cpu, seed: 1);
        model.LoadWeights(Rewritten(form));
        ShouldBe(model.Predict(inputs), expected);
    }

    /// <summary>The library's own files, Keras's and the description as JSON.</summary>
    [Theory]
    [InlineData("bert", ".keras")]
    [InlineData("roberta-classifier", ".deepgpu")]
    [InlineData("gpt2", ".keras")]
    [InlineData("gpt2", ".h5")]
    [InlineData("deit-teacher", ".keras")]
    public void What_was_loaded_predicts_the_same_after_saving_and_loading(string name, string ending)
    {
        var (inputs, _) = Made(name);
        using var model = ModelSpec.FromHuggingFace(_folder).ToModel(Device.Cpu, seed: 1);
        model.LoadWeights(Path.Combine(_folder, "model.safetensors"));
        var file = Path.Combine(_folder, "saved" + ending);
        model.Save(file);
        using var loaded = Model.Load(file, Device.Cpu);
        foreach (var (one, other) in loaded.Predict(inputs).Zip(model.Predict(inputs)))
            one.ToArray<float>().Should().Equal(other.ToArray<float>());
    }

    private static void ShouldBe(IReadOnlyList<NDArray> outputs, IReadOnlyList<(int[] Shape, double[] Values)> expected)
    {
        outputs.Should().HaveCount(expected.Count);
        foreach (var (output, (shape, values)) in outputs.Zip(expected))
        {
            output.Shape.Should().Equal(shape);
            var scale = Math.Max(1, values.Max(Math.Abs));
            output.ToArray<float>().ToArray().Zip(values, (a, b) => Math.Abs(a - b)).Max().Should().BeLessThan(1e-5 * scale);
        }
    }

    private string Rewritten(string form)
    {
        using var file = WeightFile.Open(Path.Combine(_folder, "model.safetensors"));
        List<KeyValuePair<string, NDArray>> tensors = [.. file.Tensors.Select(tensor => KeyValuePair.Create(tensor.Name, file.Read(tensor)))];
        if (form == "shards") return SafetensorsIndex.Write(Path.Combine(_folder, "parts"), tensors, maxShardBytes: 4000);
        WeightFile.Write(Path.Combine(_folder, "model.pth"), () => tensors);
        File.Move(Path.Combine(_folder, "model.pth"), Path.Combine(_folder, form));
        return Path.Combine(_folder, form);
    }

    private (IReadOnlyList<NDArray> Inputs, IReadOnlyList<(int[] Shape, double[] Values)> Outputs) Made(string name)
    {
        var run = ChildProcess.Run(ChildProcess.With(new(Python(),
            [Path.Combine(RepositoryFolder.Root, "tests", "Independent", "make_transformers.py"), _folder, name])));
        run.Code.Should().Be(0, run.Output);
        using var numbers = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(_folder, "numbers.json")));
        return ([.. numbers.RootElement.GetProperty("inputs").EnumerateArray().Select(Input)],
            [.. numbers.RootElement.GetProperty("outputs").EnumerateArray().Select(output => (Shape(output), Values(output)))]);
    }

    private static NDArray Input(JsonElement entry) => entry.GetProperty("whole").GetBoolean()
        ? NDArray.From<long>([.. Values(entry).Select(value => (long)value)], Shape(entry))
        : NDArray.From<float>([.. Values(entry).Select(value => (float)value)], Shape(entry));

    private static int[] Shape(JsonElement entry) => [.. entry.GetProperty("shape").EnumerateArray().Select(length => length.GetInt32())];

    private static double[] Values(JsonElement entry) => [.. entry.GetProperty("data").EnumerateArray().Select(value => value.GetDouble())];

    private static string Python()
    {
        var found = new[] { "python3", "/usr/bin/python3" }.FirstOrDefault(HasNumpy);
        Assert.SkipWhen(found is null, "needs Python with numpy");
        return found!;
    }

    private static bool HasNumpy(string python)
    {
        try
        {
            return ChildProcess.Run(ChildProcess.With(new(python, ["-c", "import numpy"]))).Code == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}

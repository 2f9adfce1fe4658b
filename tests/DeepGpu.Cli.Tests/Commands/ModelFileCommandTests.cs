using System.Text.Json;
using DeepGpu.Formats;
using DeepGpu.Testing;

namespace DeepGpu.Cli.Tests;

public sealed class ModelFileCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("deepgpu-cli-").FullName;

    [Theory]
    [InlineData("m001.keras")]
    [InlineData("m001.h5")]
    public void Predict_writes_what_Keras_predicts(string name)
    {
        var file = Directory.GetFiles(ReferenceData.Path("oracles", "keras_models"), Path.ChangeExtension("m*", Path.GetExtension(name)))
            .Order(StringComparer.Ordinal).First();
        using var document = JsonDocument.Parse(File.ReadAllBytes(ReferenceData.Path("oracles", "keras_models", "expected.json")));
        var entry = document.RootElement.GetProperty(Path.GetFileNameWithoutExtension(file));
        var inputs = Written(entry.GetProperty("inputs"), "x");
        var outputs = entry.GetProperty("outputs").EnumerateArray().Select((_, i) => Path.Combine(_folder, $"y{i}.npy")).ToList();
        var (code, output, errors) = Run(["predict", file, "--input", .. inputs, "--output", .. outputs]);
        (code, output, errors).Should().Be((0, "", ""));
        foreach (var (path, expected) in outputs.Zip(entry.GetProperty("outputs").EnumerateArray()))
        {
            using var npy = NpyFile.Open(path);
            npy.Read(npy.Tensors[0]).ToArray<float>().Zip(OracleCase.Numbers(expected))
                .Should().OnlyContain(pair => Math.Abs(pair.First - pair.Second) <= 1e-5 * Math.Max(1, Math.Abs(pair.Second)));
        }
    }

    [Fact]
    public void Predict_asks_for_one_file_an_input_and_output()
    {
        var file = Directory.GetFiles(ReferenceData.Path("oracles", "keras_models"), "*.keras").Order(StringComparer.Ordinal).First();
        var (code, _, errors) = Run("predict", file, "--input", "a.npy", "b.npy", "c.npy", "d.npy", "e.npy", "--output", "y.npy");
        code.Should().Be(3);
        errors.Should().Contain("predict: --input must be");
    }

    [Fact]
    public void A_whole_model_is_converted_and_summed_up_in_every_format()
    {
        var source = Directory.GetFiles(ReferenceData.Path("oracles", "keras_models"), "*.keras").Order(StringComparer.Ordinal).First();
        var parameters = Parameters(source);
        foreach (var name in new[] { "m.h5", "m.keras", "m.deepgpu" })
        {
            var to = Path.Combine(_folder, name);
            Run("convert", source, to).Code.Should().Be(0);
            Parameters(to).Should().Be(parameters, name);
        }
    }

    [Fact]
    public void A_whole_model_is_converted_to_ONNX_whose_weights_are_counted_again()
    {
        var source = ReferenceData.Path("oracles", "keras_files", "seq_dense.keras");
        var to = Path.Combine(_folder, "m.onnx");
        Run("convert", source, to).Should().Be(new CliRun(0, "", ""));
        Parameters(to).Should().Be(Parameters(source));
    }

    [Fact]
    public void Weights_alone_are_converted_with_their_names_and_bytes()
    {
        var source = ReferenceData.Path("data", "weights", "squeezenet1_1", "squeezenet1_1.zip.pth");
        foreach (var name in new[] { "w.safetensors", "w.npz", "w.pth" })
        {
            var to = Path.Combine(_folder, name);
            Run("convert", source, to).Code.Should().Be(0);
            Hashes(to).Should().Equal(Hashes(source), name);
        }

        Run("convert", source, Path.Combine(_folder, "w.keras")).Code.Should().Be(3);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static Dictionary<string, string> Hashes(string path)
    {
        using var file = WeightFile.Open(path);
        return file.Tensors.ToDictionary(tensor => tensor.Name, tensor => file.Sha256(tensor));
    }

    private static long Parameters(string path)
        => JsonDocument.Parse(Run("summary", path, "--json").Output).RootElement.GetProperty("parameters").GetInt64();

    private List<string> Written(JsonElement arrays, string name) => [.. arrays.EnumerateArray().Select((array, i) =>
    {
        var path = Path.Combine(_folder, $"{name}{i}.npy");
        AtomicFile.Write(path, stream => NpyFile.Write(stream, OracleCase.Array(array)));
        return path;
    })];

    private static CliRun Run(params string[] args) => CliRun.Of(args);
}

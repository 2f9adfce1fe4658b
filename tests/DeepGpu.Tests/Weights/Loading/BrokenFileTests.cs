using DeepGpu.Formats;
using DeepGpu.Models;
using DeepGpu.Testing;

namespace DeepGpu.Tests.Weights;

/// <summary>Damaged files of weights: they are refused, and every weight keeps the bytes it had.</summary>
public sealed class BrokenFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("deepgpu-weights-").FullName;

    [Theory]
    [InlineData("h5-wrong_rank")]
    [InlineData("h5-missing_bias")]
    public void Weights_of_the_corpus_that_do_not_fit_leave_the_model_untouched(string id)
    {
        var file = HostileCorpus.OfKind("keras-weights-h5").Single(entry => entry.Id == id);
        using var model = Sequential.Input(2).Dense(3, name: "dense").Build().ToModel(Device.Cpu);
        var before = model.Weights.Select(weight => weight.ToArray().ToArray<float>()).ToList();
        FluentActions.Invoking(() => model.LoadWeights(file.Path))
            .Should().Throw<ModelFormatException>().Which.Fault.Code.Should().Be(file.Code);
        model.Weights.Select(weight => weight.ToArray().ToArray<float>())
            .Should().BeEquivalentTo(before, options => options.WithStrictOrdering());
    }

    [Theory]
    [InlineData("safetensors")]
    [InlineData("pth")]
    [InlineData("keras")]
    [InlineData("keras-weights-h5")]
    public void Every_bad_file_of_the_corpus_is_refused_and_changes_no_weight(string kind)
    {
        using var model = Sequential.Input(2).Dense(3, name: "dense").Build().ToModel(Device.Cpu);
        var before = model.Weights.Select(weight => weight.ToArray().Bytes.ToArray()).ToList();
        foreach (var file in HostileCorpus.OfKind(kind)
            .Where(file => file.Expect == "reject" && !file.Id.StartsWith("keras-cfg_", StringComparison.Ordinal)))
        {
            Record.Exception(() => model.LoadWeights(file.Path)).Should().BeAssignableTo<ModelFormatException>(file.Id);
            model.Weights.Select(weight => weight.ToArray().Bytes.ToArray()).Should().BeEquivalentTo(before, file.Id);
        }
    }

    [Theory]
    [InlineData("m.pth", "crc_mismatch")]
    [InlineData("m.npz", "crc_mismatch")]
    [InlineData("m.keras", "crc_mismatch")]
    [InlineData("m.deepgpu", "crc_mismatch")]
    public void A_changed_byte_of_the_last_tensor_is_found_by_its_checksum_and_changes_no_weight(string name, string code)
    {
        using var source = WithLastWeight();
        var path = Written(source, name);
        var bytes = File.ReadAllBytes(path);
        bytes[bytes.AsSpan().IndexOf(source.Weights[^1].ToArray().Bytes.Span) + 9] ^= 1;
        File.WriteAllBytes(path, bytes);
        ShouldChangeNothing(model => model.LoadWeights(path)).Fault.Code.Should().Be(code);
    }

    [Theory]
    [InlineData("m.safetensors")]
    [InlineData("m.pth")]
    [InlineData("m.npz")]
    [InlineData("m.keras")]
    [InlineData("m.h5")]
    [InlineData("m.weights.h5")]
    [InlineData("m.deepgpu")]
    [InlineData("model.json")]
    public void A_file_that_ends_in_its_last_tensor_changes_no_weight(string name)
    {
        using var source = WithLastWeight();
        var path = Written(source, name);
        Cut(Bytes(path), bytes: 1);
        ShouldChangeNothing(model => model.LoadWeights(path));
    }

    /// <summary>The file was whole when it was checked, and is cut before the values are read.</summary>
    [Theory]
    [InlineData("m.safetensors")]
    [InlineData("m.pth")]
    [InlineData("m.npz")]
    [InlineData("m.keras")]
    [InlineData("m.h5")]
    [InlineData("m.weights.h5")]
    [InlineData("m.deepgpu")]
    [InlineData("model.json")]
    public void A_file_that_breaks_while_its_values_are_read_changes_no_weight(string name)
    {
        using var source = WithLastWeight();
        var path = Written(source, name);
        var fault = ShouldChangeNothing(model =>
        {
            var weights = model.Weights.ToDictionary(weight => weight.Name);
            using var file = WeightFile.Open(path);
            var plan = WeightPlan.Of(file, model.Spec, WeightMap.Default, weights).Demand(WeightLoading.Strict, path);
            Cut(Bytes(path), bytes: new FileInfo(Bytes(path)).Length - PlaceOfLastWeight(path, source));
            plan.Replace(weights, file);
        });
        fault.Fault.Code.Should().Be("truncated");
        fault.File.Should().Be(Bytes(path));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>A model whose last values are found in a file by their bytes.</summary>
    private static Model WithLastWeight()
    {
        var model = WeightFiles.Small.ToModel(Device.Cpu, seed: 1);
        model.Weights[^1].Load(NDArray.From<float>([1.5f, 2.5f, 3.5f, 4.5f, 5.5f], 5));
        return model;
    }

    /// <summary>A refusal, after which every weight has the bytes it had.</summary>
    private static ModelFormatException ShouldChangeNothing(Action<Model> load)
    {
        using var target = WeightFiles.Small.ToModel(Device.Cpu, seed: 2);
        var before = target.Weights.Select(weight => weight.ToArray().Bytes.ToArray()).ToList();
        var fault = target.Invoking(load).Should().Throw<ModelFormatException>().Which;
        target.Weights.Select(weight => weight.ToArray().Bytes.ToArray())
            .Should().BeEquivalentTo(before, options => options.WithStrictOrdering());
        return fault;
    }

    /// <summary>The file that holds the last values.</summary>
    private static string Bytes(string path)
        => path.EndsWith(".json", StringComparison.Ordinal) ? Path.Combine(Path.GetDirectoryName(path)!, WeightFiles.TfjsLastShard) : path;

    private static int PlaceOfLastWeight(string path, Model source)
        => File.ReadAllBytes(Bytes(path)).AsSpan().LastIndexOf(source.Weights[^1].ToArray().Bytes.Span);

    private static void Cut(string path, long bytes)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        file.SetLength(file.Length - bytes);
    }

    private string Written(Model model, string name) => WeightFiles.Write(model, _folder, name);
}

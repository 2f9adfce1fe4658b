using System.Text.Json.Nodes;
using DeepGpu.Formats;
using DeepGpu.Models;

namespace DeepGpu.Tests.Weights;

/// <summary>A file that is large or far away is opened once for a call, and its handle handed on.</summary>
public sealed class OpenedOnceTests : IDisposable
{
    private static readonly ModelSpec Spec = Sequential.Input(3).Dense(2, name: "a").Dense(1, name: "b").Build();

    private readonly string _folder = Directory.CreateTempSubdirectory("deepgpu-openings-").FullName;

    [Theory]
    [InlineData("m.keras")]
    [InlineData("m.h5")]
    [InlineData("m.deepgpu")]
    [InlineData("model.json")]
    public void A_model_file_is_opened_once(string name)
    {
        using var source = Spec.ToModel(Device.Cpu, seed: 1);
        source.Compile(Optimizer.Adam(), Loss.MeanSquaredError());
        var data = Dataset.FromArrays(NDArray.Zeros(DataType.Float32, 2, 3), NDArray.Zeros(DataType.Float32, 2, 1));
        source.TrainOnBatch(data);
        var path = Written(source, name);
        CountOf(path, () =>
        {
            using var model = Model.Load(path, Device.Cpu);
            model.Weights.Should().HaveCount(4);
            if (name != "model.json") model.Evaluate(data)["loss"].Should().BeGreaterThanOrEqualTo(0);
        }).Should().Be(1);
        CountOf(path, () => ModelFile.ReadSpec(path)).Should().Be(1);
        CountOf(path, () => ModelFile.Convert(path, Path.Combine(_folder, "to.keras"))).Should().Be(1);
        CountOf(path, () => ModelFile.CheckWeights(path, Spec)).Should().Be(1);
    }

    [Theory]
    [InlineData("m.keras")]
    [InlineData("m.h5")]
    [InlineData("m.weights.h5")]
    [InlineData("m.deepgpu")]
    [InlineData("m.safetensors")]
    [InlineData("m.npz")]
    [InlineData("m.pth")]
    [InlineData("model.json")]
    [InlineData("model.safetensors.index.json")]
    public void A_weight_file_is_opened_once(string name)
    {
        using var source = Spec.ToModel(Device.Cpu, seed: 1);
        var path = Written(source, name);
        using var model = Spec.ToModel(Device.Cpu, seed: 2);
        CountOf(path, () => model.LoadWeights(path).IsComplete.Should().BeTrue()).Should().Be(1);
        CountOf(path, () => WeightFile.Open(path).Dispose()).Should().Be(1);
        model.Weights.Select(weight => weight.ToArray().Bytes.ToArray()).Should()
            .BeEquivalentTo(source.Weights.Select(weight => weight.ToArray().Bytes.ToArray()), options => options.WithStrictOrdering());
    }

    /// <summary>The files that another names are opened once too.</summary>
    [Theory]
    [InlineData("model.json", "w.bin")]
    [InlineData("model.safetensors.index.json", "model-00001-of-00001.safetensors")]
    public void A_shard_is_opened_once(string name, string shard)
    {
        using var source = Spec.ToModel(Device.Cpu, seed: 1);
        var path = Written(source, name);
        using var model = Spec.ToModel(Device.Cpu, seed: 2);
        CountOf(Path.Combine(_folder, shard), () => model.LoadWeights(path)).Should().Be(1);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static int CountOf(string path, Action call)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs Linux's inotify");
        using var openings = new FileOpenings(path);
        call();
        return openings.Count();
    }

    private string Written(Model model, string name)
    {
        var path = Path.Combine(_folder, name);
        KeyValuePair<string, NDArray>[] tensors = [.. model.Weights.Select(weight => KeyValuePair.Create(weight.Name, weight.ToArray()))];
        if (name == "model.json") WriteTfjs(path, model.Spec, tensors);
        else if (name.EndsWith("index.json", StringComparison.Ordinal)) SafetensorsIndex.Write(_folder, tensors, maxShardBytes: 1 << 20);
        else if (name is "m.npz" or "m.pth") WeightFile.Write(path, () => tensors);
        else model.Save(path);
        return path;
    }

    private static void WriteTfjs(string path, ModelSpec spec, KeyValuePair<string, NDArray>[] tensors)
    {
        File.WriteAllBytes(Path.Combine(Path.GetDirectoryName(path)!, "w.bin"),
            [.. tensors.SelectMany(tensor => tensor.Value.Bytes.ToArray())]);
        File.WriteAllText(path, new JsonObject
        {
            ["modelTopology"] = new JsonObject { ["keras_version"] = "2.15.0", ["model_config"] = JsonNode.Parse(spec.ToJson()) },
            ["weightsManifest"] = new JsonArray(new JsonObject
            {
                ["paths"] = new JsonArray("w.bin"),
                ["weights"] = new JsonArray([.. tensors.Select(tensor => new JsonObject
                {
                    ["name"] = tensor.Key,
                    ["shape"] = new JsonArray([.. tensor.Value.Shape.Select(length => JsonValue.Create(length))]),
                    ["dtype"] = "float32",
                })]),
            }),
        }.ToJsonString());
    }
}

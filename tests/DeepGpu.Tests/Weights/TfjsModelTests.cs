using System.Text.Json;
using System.Text.Json.Nodes;
using DeepGpu.Formats;
using DeepGpu.Models;
using DeepGpu.Testing;

namespace DeepGpu.Tests.Weights;

/// <summary>Layers models of TensorFlow.js 4.22 with the outputs it gave (tests/Independent/make_tfjs.js).</summary>
public sealed class TfjsModelTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("deepgpu-tfjs-").FullName;

    [Theory]
    [InlineData("cnn")]
    [InlineData("text")]
    [InlineData("graph")]
    public void A_layers_model_is_described_and_gives_its_numbers(string name)
    {
        var (path, inputs, outputs) = Case(name);
        using (var model = Model.Load(path, Device.Cpu)) ShouldGive(model, inputs, outputs);
        using var described = ModelFile.ReadSpec(path).ToModel(Device.Cpu, seed: 1);
        described.LoadWeights(path).IsComplete.Should().BeTrue();
        ShouldGive(described, inputs, outputs);
        foreach (var ending in new[] { ".keras", ".h5", ".deepgpu" })
        {
            var converted = Path.Combine(_folder, name + ending);
            ModelFile.Convert(path, converted);
            using var again = Model.Load(converted, Device.Cpu);
            ShouldGive(again, inputs, outputs);
        }
    }

    /// <summary>A graph of operations has no layers: its weights are listed, and it is refused as a model with the way out.</summary>
    [Fact]
    public void A_graph_model_is_refused_by_name_and_its_weights_are_listed()
    {
        var path = Path.Combine(_folder, "model.json");
        File.WriteAllBytes(Path.Combine(_folder, "w.bin"), new byte[8]);
        File.WriteAllText(path, """
            {"format": "graph-model", "modelTopology": {"node": [{"name": "x", "op": "Placeholder"}], "versions": {}},
             "weightsManifest": [{"paths": ["w.bin"], "weights": [{"name": "k", "shape": [2], "dtype": "float32"}]}]}
            """);
        var fault = FluentActions.Invoking(() => Model.Load(path, Device.Cpu)).Should().Throw<ModelFormatException>().Which;
        fault.Fault.Code.Should().Be("not_a_model");
        fault.Message.Should().Contain("graph of TensorFlow operations").And.Contain("--input_format keras").And.Contain(path);
        using var file = WeightFile.Open(path);
        file.Tensors.Should().ContainSingle().Which.Name.Should().Be("k");
    }

    /// <summary>What training was compiled with stands beside the topology; there is no state of the optimizer.</summary>
    [Fact]
    public void The_loss_of_a_compiled_model_is_taken_over()
    {
        var (path, inputs, _) = Case("graph");
        var root = JsonNode.Parse(File.ReadAllText(path))!;
        root["modelTopology"] = new JsonObject
        {
            ["keras_version"] = "2.4.0",
            ["backend"] = "tensorflow",
            ["model_config"] = root["modelTopology"]!.DeepClone(),
            ["training_config"] = JsonNode.Parse("""
                {"loss": "mean_squared_error", "metrics": [], "optimizer_config": {"class_name": "SGD", "config": {"learning_rate": 0.5}}}
                """),
        };
        File.Copy(Path.Combine(Path.GetDirectoryName(path)!, "weights.bin"), Path.Combine(_folder, "weights.bin"));
        File.WriteAllText(Path.Combine(_folder, "model.json"), root.ToJsonString());
        using var model = Model.Load(Path.Combine(_folder, "model.json"), Device.Cpu);
        var outputs = model.Predict(inputs);
        var squares = outputs.Sum(output => output.ToArray<float>().Average(value => (double)value * value));
        NDArray[] zeros = [.. outputs.Select(output => NDArray.Zeros(DataType.Float32, [.. output.Shape]))];
        model.Evaluate(Dataset.FromArrays(inputs, zeros), cancellationToken: TestContext.Current.CancellationToken)["loss"]
            .Should().BeApproximately(squares, 1e-5);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static (string Path, NDArray[] Inputs, NDArray[] Outputs) Case(string name)
    {
        var folder = Path.Combine(RepositoryFolder.Root, "tests", "DeepGpu.Tests", "Weights", "TensorFlowJs", name);
        using var expected = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "expected.json")));
        NDArray[] Arrays(string key) => [.. expected.RootElement.GetProperty(key).EnumerateArray().Select(entry => NDArray.From<float>(
            [.. entry.GetProperty("data").EnumerateArray().Select(number => number.GetSingle())],
            [.. entry.GetProperty("shape").EnumerateArray().Select(length => length.GetInt32())]))];
        return (Path.Combine(folder, "model.json"), Arrays("inputs"), Arrays("outputs"));
    }

    private static void ShouldGive(Model model, NDArray[] inputs, NDArray[] outputs)
    {
        var actual = model.Predict(inputs);
        actual.Should().HaveCount(outputs.Length);
        foreach (var (array, wanted) in actual.Zip(outputs))
        {
            array.Shape.Should().Equal(wanted.Shape);
            array.ToArray<float>().Zip(wanted.ToArray<float>(), (a, b) => Math.Abs(a - b)).Max().Should().BeLessThan(5e-6f);
        }
    }
}

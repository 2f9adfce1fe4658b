using System.Text;
using System.Text.Json;
using DeepGpu.Testing;

namespace DeepGpu.Formats.Tests;

public class KerasTests
{
    /// <summary>Faults that only a model finds: what a layer of the config means, and which weights it wants.</summary>
    private static readonly HashSet<string> OfTheModel = ["lambda_layer", "unknown_class", "external_reference", "dimension_too_large",
        "wrong_field_type", "shape_mismatch"];

    [Fact]
    public void Every_archive_of_the_corpus_behaves_as_its_manifest_says() => HostileCorpus.Check(
        "keras",
        file =>
        {
            using var archive = KerasArchive.Open(file.Path);
            return Named((H5File)archive.Weights);
        },
        skip: file => OfTheModel.Contains(file.Code));

    [Fact]
    public void Every_weights_file_of_the_corpus_behaves_as_its_manifest_says() => HostileCorpus.Check(
        "keras-weights-h5",
        file =>
        {
            using var opened = H5File.Open(file.Path);
            return file.Code == "unexpected_weight" ? null : Named(opened);
        },
        skip: file => OfTheModel.Contains(file.Code) || file.Code == "weight_missing");

    [Fact]
    public void Every_legacy_file_of_the_corpus_behaves_as_its_manifest_says() => HostileCorpus.Check("h5", file =>
    {
        using var opened = H5File.Open(file.Path);
        return KerasLegacy.Read(opened).Layers
            .SelectMany(layer => layer.Weights.Select(weight => ($"{layer.Name}.{weight.Key.Split('/')[^1].Split(':')[0]}", weight.Value)))
            .ToDictionary(pair => pair.Item1, pair => opened.Read(pair.Value));
    });

    [Fact]
    public void Files_that_only_a_model_can_refuse_open_without_touching_anything()
    {
        foreach (var file in HostileCorpus.OfKind("keras").Where(file => OfTheModel.Contains(file.Code)))
        {
            using var archive = KerasArchive.Open(file.Path);
            JsonDocument.Parse(archive.Config).RootElement.ValueKind.Should().Be(JsonValueKind.Object, file.Id);
        }
    }

    public static TheoryData<string> Oracles
        => ["seq_dense", "seq_cnn", "seq_lstm", "seq_gru_reset_after", "seq_bilstm", "func_multi_io_shared"];

    [Theory]
    [MemberData(nameof(Oracles))]
    public void The_weights_that_Keras_lists_are_in_all_three_of_its_files(string name)
    {
        using var expected = JsonDocument.Parse(File.ReadAllBytes(ReferenceData.Path("oracles", "keras_files", "expected.json")));
        var weights = Listed(expected, name);
        using var archive = KerasArchive.Open(ReferenceData.Path("oracles", "keras_files", $"{name}.keras"));
        using var alone = H5File.Open(ReferenceData.Path("oracles", "keras_files", $"{name}.weights.h5"));
        using var legacy = H5File.Open(ReferenceData.Path("oracles", "keras_files", $"{name}.h5"));
        Contains(archive.Weights,
            KerasWeights.Read((H5File)archive.Weights).Where(item => item.Path != "optimizer").SelectMany(item => item.Values), weights);
        Contains(alone, KerasWeights.Read(alone).Where(item => item.Path != "optimizer").SelectMany(item => item.Values), weights);
        Contains(legacy, KerasLegacy.Read(legacy).Layers.SelectMany(layer => layer.Weights).Select(weight => weight.Value), weights);
    }

    [Fact]
    public void Every_model_of_the_oracles_opens_with_config_and_weights()
    {
        foreach (var path in Directory.GetFiles(ReferenceData.Path("oracles", "keras_models"), "*.keras"))
        {
            using var archive = KerasArchive.Open(path);
            archive.Metadata.Should().Contain("keras_version");
            foreach (var tensor in archive.Weights.Tensors) archive.Weights.Read(tensor).ElementCount.Should().BeGreaterThan(0, path);
        }

        foreach (var path in Directory.GetFiles(ReferenceData.Path("oracles", "keras_models"), "*.h5"))
        {
            using var file = H5File.Open(path);
            KerasLegacy.Read(file).ModelConfig.Should().StartWith("{", path);
        }
    }

    [Fact]
    public void Old_weight_files_list_their_layers_in_order()
    {
        using var lenet = H5File.Open(ReferenceData.Path("data", "weights", "keras_lenet", "mnist_weights_only.h5"));
        var model = KerasLegacy.Read(lenet);
        model.ModelConfig.Should().BeNull();
        model.Layers.Select(layer => layer.Name).Take(3).Should().Equal("conv2d", "max_pooling2d", "conv2d_1");
        model.Layers[0].Weights.Select(weight => weight.Key).Should().Equal("conv2d/kernel:0", "conv2d/bias:0");
        model.Layers[0].Weights[0].Value.Shape.Should().Equal(3, 3, 1, 32);
        using var lstm = H5File.Open(ReferenceData.Path("data", "weights", "keras_lstm_chars", "weights.h5"));
        KerasLegacy.Read(lstm).Layers.Where(layer => layer.Weights.Length > 0).Select(layer => layer.Name)
            .Should().Equal("lstm_9", "lstm_10", "lstm_11", "dense_3");
        using var squeezenet = H5File.Open(ReferenceData.Path("data", "weights", "squeezenet1_1", "squeezenet1_1_keras_notop.h5"));
        KerasLegacy.Read(squeezenet).Layers.Sum(layer => layer.Weights.Length).Should().Be(50);
    }

    [Theory]
    [InlineData("../../x", "bad_weight_name")]
    [InlineData("/etc/passwd", "bad_weight_name")]
    [InlineData("dense/other", "weight_missing")]
    public void A_weight_is_found_inside_its_layer_only(string name, string code)
    {
        using var stream = new MemoryStream();
        KerasLegacy.Write(stream, new() { Layers = [new("dense", [new("dense/kernel", Samples.Of(DataType.Float32))])] });
        var bytes = stream.ToArray();
        Encoding.UTF8.GetBytes(name.PadRight("dense/kernel".Length, '\0')).CopyTo(bytes, bytes.AsSpan().IndexOf("dense/kernel"u8));
        using var file = H5File.Open(bytes);
        Refused.With(code, () => KerasLegacy.Read(file));
    }

    private static Dictionary<string, NDArray> Named(H5File file)
    {
        string[] names = ["kernel", "bias"];
        return KerasWeights.Read(file)
            .SelectMany(item => item.Values.Select((tensor, i) => ($"{item.Path.Split('/')[^1]}.{names[i]}", tensor)))
            .ToDictionary(pair => pair.Item1, pair => file.Read(pair.tensor));
    }

    private static List<float[]> Listed(JsonDocument expected, string name)
        => [.. expected.RootElement.GetProperty(name).GetProperty("weights")
            .EnumerateArray().Select(weight => weight.GetProperty("data").EnumerateArray().Select(value => value.GetSingle()).ToArray())];

    private static void Contains(TensorFile file, IEnumerable<TensorEntry> tensors, List<float[]> weights)
    {
        var read = tensors.Select(tensor => file.Read(tensor).ToArray<float>()).ToList();
        read.Should().HaveCount(weights.Count);
        foreach (var weight in weights) read.Should().Contain(values => values.SequenceEqual(weight));
    }
}

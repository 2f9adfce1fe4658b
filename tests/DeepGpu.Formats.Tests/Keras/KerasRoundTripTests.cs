namespace DeepGpu.Formats.Tests;

/// <summary>Files of Keras that this library writes and reads again.</summary>
public class KerasRoundTripTests
{
    [Fact]
    public void A_weights_file_reads_back_as_it_was_written()
    {
        List<KerasVariables<NDArray>> objects =
        [
            new("layers/all", "every type", [.. Samples.All().Select(sample => sample.Value)]),
            .. Enumerable.Range(0, 300)
                .Select(i => new KerasVariables<NDArray>($"layers/dense_{i}", $"dense_{i}", [NDArray.From<int>([i])])),
            new("optimizer", "adam", [NDArray.From<long>([7])]),
            new("layers/flatten", "flatten", []),
        ];
        using var stream = new MemoryStream();
        KerasWeights.Write(stream, objects);
        using var file = H5File.Open(stream.ToArray());
        ShouldEqual(file, objects);
        file.Root.Group("layers/flatten/vars")!.Attribute("name")!.Texts.Should().Equal("flatten");
    }

    [Fact]
    public void Variables_come_by_number_and_not_by_text()
    {
        using var stream = new MemoryStream();
        KerasWeights.Write(stream, [new("optimizer", null, [.. Enumerable.Range(0, 12).Select(i => NDArray.From<int>([i]))])]);
        using var file = H5File.Open(stream.ToArray());
        KerasWeights.Read(file)[0].Values.Select(tensor => file.Read(tensor).ToArray<int>()[0]).Should().Equal(Enumerable.Range(0, 12));
    }

    [Fact]
    public void An_archive_reads_back_as_it_was_written()
    {
        List<KerasVariables<NDArray>> objects = [new("layers/dense", "dense",
            [Samples.Of(DataType.Float32), Samples.Of(DataType.Float16)])];
        using var folder = new TemporaryFolder();
        var path = folder.Write("model.keras",
            stream => KerasArchive.Write(stream, """{"class_name":"Sequential"}""", """{"keras_version":"3.16.0"}""", objects));
        using (var archive = KerasArchive.Open(path))
        {
            archive.Config.Should().Be("""{"class_name":"Sequential"}""");
            archive.Metadata.Should().Be("""{"keras_version":"3.16.0"}""");
            ShouldEqual((H5File)archive.Weights, objects);
        }

        using var weights = WeightFile.Open(path);
        weights.Tensors.Select(tensor => tensor.Name).Should().Equal("layers/dense/vars/0", "layers/dense/vars/1");
    }

    [Theory]
    [InlineData(3)]
    [InlineData(1200)]
    public void A_legacy_model_reads_back_as_it_was_written_also_where_lists_are_split(int layers)
    {
        var model = new KerasLegacyModel<NDArray>
        {
            ModelConfig = $$"""{"text":"{{new string('x', 100_000)}}"}""",
            TrainingConfig = "{}",
            KerasVersion = "3.16.0",
            Backend = "torch",
            Layers = [.. Enumerable.Range(0, layers).Select(i => new KerasLegacyLayer<NDArray>($"a_layer_with_a_long_name_{i}",
                [new($"model/layer_{i}/kernel", NDArray.From<float>([i])), new($"model/layer_{i}/bias", Samples.Of(DataType.Float64))]))],
            OptimizerWeights = [new("adam/iteration", NDArray.From<long>([3]))],
        };
        using var stream = new MemoryStream();
        KerasLegacy.Write(stream, model);
        using var file = H5File.Open(stream.ToArray());
        var read = KerasLegacy.Read(file);
        (read.ModelConfig, read.TrainingConfig, read.KerasVersion, read.Backend).Should()
            .Be((model.ModelConfig, model.TrainingConfig, model.KerasVersion, model.Backend));
        read.Layers.Select(layer => layer.Name).Should().Equal(model.Layers.Select(layer => layer.Name));
        foreach (var (actual, expected) in read.Layers.SelectMany(layer => layer.Weights)
            .Zip(model.Layers.SelectMany(layer => layer.Weights)))
        {
            actual.Key.Should().Be(expected.Key);
            Samples.ShouldEqual(file.Read(actual.Value), expected.Value, expected.Key);
        }

        file.Read(read.OptimizerWeights[0].Value).ToArray<long>().Should().Equal(3);
        (file.Root.Group("model_weights")!.Attribute("layer_names") is null).Should().Be(layers > 1000);
    }

    private static void ShouldEqual(H5File file, IReadOnlyList<KerasVariables<NDArray>> expected)
    {
        var read = KerasWeights.Read(file).ToDictionary(item => item.Path);
        foreach (var item in expected.Where(item => item.Values.Length > 0))
        {
            read[item.Path].Name.Should().Be(item.Name);
            read[item.Path].Values.Length.Should().Be(item.Values.Length);
            foreach (var (actual, values) in read[item.Path].Values.Zip(item.Values))
                Samples.ShouldEqual(file.Read(actual), values, item.Path);
        }
    }
}

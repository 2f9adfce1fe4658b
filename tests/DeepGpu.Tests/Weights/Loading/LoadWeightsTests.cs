using DeepGpu.Formats;
using DeepGpu.Models;
using TorchSharp;
using Padding = DeepGpu.Models.Padding;

namespace DeepGpu.Tests.Weights;

public sealed class LoadWeightsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("deepgpu-weights-").FullName;

    [Theory]
    [InlineData("m.safetensors")]
    [InlineData("m.weights.h5")]
    [InlineData("m.h5")]
    [InlineData("m.keras")]
    [InlineData("m.deepgpu")]
    [InlineData("m.npz")]
    [InlineData("m.pth")]
    [InlineData("model.json")]
    public void Weights_return_bit_by_bit_from_every_format(string name)
    {
        using var source = WeightFiles.Small.ToModel(Device.Cpu, seed: 1);
        using var target = WeightFiles.Small.ToModel(Device.Cpu, seed: 2);
        var report = target.LoadWeights(Written(source, name));
        report.IsComplete.Should().BeTrue(report.ToString());
        ShouldBeEqual(target, source);
    }

    [Fact]
    public void Weights_return_from_shards()
    {
        using var source = WeightFiles.Small.ToModel(Device.Cpu, seed: 1);
        using var target = WeightFiles.Small.ToModel(Device.Cpu, seed: 2);
        var index = SafetensorsIndex.Write(_folder, WeightFiles.Tensors(source), maxShardBytes: 200);
        target.LoadWeights(index).IsComplete.Should().BeTrue();
        ShouldBeEqual(target, source);
    }

    [Fact]
    public void A_checkpoint_of_torch_gives_torchs_numbers()
    {
        using var scope = torch.NewDisposeScope();
        using var conv = torch.nn.Conv2d(2, 3, 3, padding: 1);
        using var norm = torch.nn.BatchNorm2d(3);
        using var fc = torch.nn.Linear(48, 5);
        torch.nn.init.uniform_(norm.weight, 0.5, 2);
        norm.running_mean!.fill_(0.3);
        norm.running_var!.fill_(2);
        norm.eval();
        var path = Pth("torch.pth", ("state_dict.module.conv", conv), ("state_dict.module.norm", norm), ("state_dict.module.fc", fc));
        using var model = WeightFiles.Small.ToModel(Device.Cpu);
        var report = model.LoadWeights(path);
        report.IsComplete.Should().BeTrue(report.ToString());
        report.Ignored.Should().ContainSingle().Which.Name.Should().EndWith("num_batches_tracked");
        var x = torch.randn(2, 4, 4, 2);
        using var noGradient = torch.no_grad();
        var features = norm.call(conv.call(x.permute(0, 3, 1, 2)));
        var epsilon = torch.sqrt((norm.running_var + 1e-5) / (norm.running_var + 1e-3)).reshape(1, 3, 1, 1);
        var ours = (features - norm.bias!.reshape(1, 3, 1, 1)) * epsilon + norm.bias.reshape(1, 3, 1, 1);
        ShouldBeClose(model.Predict(DeepGpu.Lowering.Tensors.ToArray(x)), fc.call(ours.flatten(1)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Recurrent_layers_of_torch_give_torchs_numbers(bool bidirectional)
    {
        using var scope = torch.NewDisposeScope();
        using var lstm = torch.nn.LSTM(3, 4, batchFirst: true, bidirectional: bidirectional);
        using var gru = torch.nn.GRU(bidirectional ? 8 : 4, 5, batchFirst: true, bidirectional: bidirectional);
        SymbolicTensor Both(SymbolicTensor x, SequenceLayer layer)
            => x.Apply(bidirectional ? new Bidirectional(layer) { Name = layer.Name } : layer);
        var input = Sequential.Input(6, 3);
        var x = Both(Both(input, new LSTM(4) { Name = "lstm", ReturnSequences = true }),
            new GRU(5) { Name = "gru", ReturnSequences = true });
        using var model = Functional.Model([input], [x]).ToModel(Device.Cpu);
        var report = model.LoadWeights(Pth("rnn.pth", ("lstm", lstm), ("gru", gru)));
        report.IsComplete.Should().BeTrue(report.ToString());
        using var noGradient = torch.no_grad();
        var batch = torch.randn(2, 6, 3);
        ShouldBeClose(model.Predict(DeepGpu.Lowering.Tensors.ToArray(batch)), gru.call(lstm.call(batch).Item1).Item1);
    }

    [Fact]
    public void Renames_find_layers_that_are_called_otherwise()
    {
        using var source = WeightFiles.Small.ToModel(Device.Cpu, seed: 1);
        using var target = WeightFiles.Small.ToModel(Device.Cpu, seed: 2);
        var path = Path.Combine(_folder, "renamed.safetensors");
        AtomicFile.Write(path, stream => SafetensorsWriter.Write(stream, [.. WeightFiles.Tensors(source)
            .Select(t => KeyValuePair.Create("net/" + t.Key.Replace("fc/", "head/", StringComparison.Ordinal), t.Value))]));
        target.LoadWeights(path, WeightMap.ByName.Rename("net", "").Rename("head", "fc")).IsComplete.Should().BeTrue();
        ShouldBeEqual(target, source);
    }

    [Fact]
    public void Other_names_are_found_by_order()
    {
        using var source = WeightFiles.Small.ToModel(Device.Cpu, seed: 1);
        var others = Sequential.Input(4, 4, 2).Conv2D(3, 3, padding: Padding.Same, name: "a").BatchNormalization(name: "b")
            .Flatten().Dense(5, name: "c").Build();
        using var target = others.ToModel(Device.Cpu, seed: 2);
        target.LoadWeights(Written(source, "m.h5")).IsComplete.Should().BeTrue();
        ShouldBeEqual(target, source);
        FluentActions.Invoking(() => target.LoadWeights(Written(source, "m2.h5"), WeightMap.ByName))
            .Should().Throw<WeightMismatchException>().Which.Report.Missing.Should().HaveCount(8);
    }

    [Fact]
    public void A_refused_file_lists_every_fault_and_changes_no_weight()
    {
        var other = Sequential.Input(4, 4, 2).Conv2D(4, 3, padding: Padding.Same, name: "conv").Conv2D(3, 1, name: "extra")
            .Flatten().Dense(5, name: "fc").Build();
        using var source = other.ToModel(Device.Cpu, seed: 1);
        using var target = WeightFiles.Small.ToModel(Device.Cpu, seed: 2);
        var before = target.Weights.Select(weight => weight.ToArray().Bytes.ToArray()).ToList();
        var path = Written(source, "other.safetensors");
        var error = FluentActions.Invoking(() => target.LoadWeights(path)).Should().Throw<WeightMismatchException>().Which;
        error.File.Should().Be(path);
        error.Fault.Code.Should().Be("shape_mismatch");
        error.Report.Missing.Select(weight => weight.Weight)
            .Should().Equal("norm/gamma", "norm/beta", "norm/moving_mean", "norm/moving_variance");
        error.Report.Unfit.Select(weight => weight.Weight).Should().Equal("conv/kernel", "conv/bias");
        error.Report.Unused.Select(tensor => tensor.Name).Should().Equal("extra/kernel", "extra/bias");
        error.Message.Should().Contain("missing: norm/gamma (3)")
            .And.Contain("unfit: conv/kernel needs (3, 3, 2, 3), 'conv/kernel' is Float32 (3, 3, 2, 4)")
            .And.Contain("not used: extra/kernel (1, 1, 4, 3)");
        target.Weights.Select(weight => weight.ToArray().Bytes.ToArray())
            .Should().BeEquivalentTo(before, options => options.WithStrictOrdering());
        File.Delete(path);
    }

    [Fact]
    public void Lenient_loading_takes_what_fits_and_reports_the_rest()
    {
        using var source = Sequential.Input(4, 4, 2).Conv2D(3, 3, padding: Padding.Same, name: "conv").Dense(7, name: "fc")
            .Build().ToModel(Device.Cpu, seed: 1);
        using var target = WeightFiles.Small.ToModel(Device.Cpu, seed: 2);
        var report = target.LoadWeights(Written(source, "part.safetensors"), loading: WeightLoading.Lenient);
        report.Loaded.Select(weight => weight.Weight).Should().Equal("conv/kernel", "conv/bias");
        report.ToString().Should().StartWith("2 weights loaded, 4 missing, 2 of another shape or type, 0 tensors not used, 0 ignored");
        target.Weights[0].ToArray().ToArray<float>().Should().Equal(source.Weights[0].ToArray().ToArray<float>());
    }

    [Fact]
    public void A_file_in_which_nothing_fits_is_refused_even_leniently()
    {
        using var source = Sequential.Input(3).Dense(2, name: "x").Build().ToModel(Device.Cpu);
        using var target = WeightFiles.Small.ToModel(Device.Cpu);
        FluentActions.Invoking(() => target.LoadWeights(Written(source, "none.safetensors"), loading: WeightLoading.Lenient))
            .Should().Throw<WeightMismatchException>();
    }

    [Fact]
    public void More_tensors_are_allowed_where_that_is_asked_for()
    {
        using var source = WeightFiles.Small.ToModel(Device.Cpu, seed: 1);
        var part = Sequential.Input(4, 4, 2).Conv2D(3, 3, padding: Padding.Same, name: "conv").Build();
        using var target = part.ToModel(Device.Cpu, seed: 2);
        FluentActions.Invoking(() => target.LoadWeights(Written(source, "a.safetensors")))
            .Should().Throw<WeightMismatchException>().Which.Fault.Code.Should().Be("unexpected_weight");
        target.LoadWeights(Written(source, "b.safetensors"), loading: WeightLoading.AllowUnused).Unused.Should().HaveCount(6);
    }

    [Fact]
    public void A_file_of_a_model_inside_the_model_is_loaded_into_it()
    {
        using var source = WeightFiles.Small.ToModel(Device.Cpu, seed: 1);
        var outer = Sequential.From(WeightFiles.Small).Dense(2, name: "head").Build();
        using var target = outer.ToModel(Device.Cpu, seed: 2);
        var name = outer.Layers.Single(layer => layer.Layer is NestedModel).Name;
        target.LoadWeights(Written(source, "m.safetensors"), WeightMap.ByName.Inside(name)).Loaded.Should().HaveCount(8);
        target.Weights[0].ToArray().ToArray<float>().Should().Equal(source.Weights[0].ToArray().ToArray<float>());
        FluentActions.Invoking(() => target.LoadWeights(Written(source, "m.safetensors"), WeightMap.ByName.Inside("nothing")))
            .Should().Throw<DeepGpuArgumentException>();
    }

    [Fact]
    public void Half_precision_and_integers_are_converted_or_refused()
    {
        using var target = Sequential.Input(2).Dense(1, useBias: false, name: "fc").Build().ToModel(Device.Cpu);
        var path = Path.Combine(_folder, "half.safetensors");
        AtomicFile.Write(path,
            stream => SafetensorsWriter.Write(stream, [new("fc/kernel", NDArray.From<Half>([(Half)1.5f, (Half)(-2)], 2, 1))]));
        target.LoadWeights(path);
        target.Weights[0].ToArray().ToArray<float>().Should().Equal(1.5f, -2f);
        AtomicFile.Write(path, stream => SafetensorsWriter.Write(stream, [new("fc/kernel", NDArray.From<int>([1, 2], 2, 1))]));
        FluentActions.Invoking(() => target.LoadWeights(path))
            .Should().Throw<WeightMismatchException>().Which.Fault.Code.Should().Be("wrong_dtype");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static void ShouldBeEqual(Model actual, Model expected)
        => actual.Weights.Select(weight => weight.ToArray().Bytes.ToArray()).Should()
            .BeEquivalentTo(expected.Weights.Select(weight => weight.ToArray().Bytes.ToArray()), options => options.WithStrictOrdering());

    private static void ShouldBeClose(NDArray actual, torch.Tensor expected)
    {
        actual.Shape.Should().Equal(expected.shape.Select(length => (int)length));
        actual.ToArray<float>().Zip(DeepGpu.Lowering.Tensors.ToArray(expected).ToArray<float>())
            .Should().OnlyContain(pair => Math.Abs(pair.First - pair.Second) < 1e-5);
    }

    private string Pth(string name, params (string Prefix, torch.nn.Module Module)[] modules)
    {
        var path = Path.Combine(_folder, name);
        var tensors = modules.SelectMany(item => item.Module.state_dict()
            .Select(entry => KeyValuePair.Create($"{item.Prefix}.{entry.Key}", DeepGpu.Lowering.Tensors.ToArray(entry.Value)))).ToList();
        AtomicFile.Write(path, stream => PthWriter.Write(stream, tensors));
        return path;
    }

    private string Written(Model model, string name) => WeightFiles.Write(model, _folder, name);
}

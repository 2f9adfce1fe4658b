using System.Text.Json;
using DeepGpu.Formats;
using DeepGpu.Models;
using DeepGpu.Testing;
using TorchSharp;
using Padding = DeepGpu.Models.Padding;

namespace DeepGpu.Tests.Weights;

public sealed class LoadWeightsTests : IDisposable
{
    private static readonly ModelSpec Small = Sequential.Input(4, 4, 2)
        .Conv2D(3, 3, padding: Padding.Same, name: "conv").BatchNormalization(name: "norm").Flatten().Dense(5, name: "fc").Build();

    private const string TfjsLastShard = "group1-shard2of2.bin";

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
        using var source = Small.ToModel(Device.Cpu, seed: 1);
        using var target = Small.ToModel(Device.Cpu, seed: 2);
        var report = target.LoadWeights(Written(source, name));
        report.IsComplete.Should().BeTrue(report.ToString());
        ShouldBeEqual(target, source);
    }

    [Fact]
    public void Weights_return_from_shards()
    {
        using var source = Small.ToModel(Device.Cpu, seed: 1);
        using var target = Small.ToModel(Device.Cpu, seed: 2);
        var index = SafetensorsIndex.Write(_folder, Tensors(source), maxShardBytes: 200);
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
        using var model = Small.ToModel(Device.Cpu);
        var report = model.LoadWeights(path);
        report.IsComplete.Should().BeTrue(report.ToString());
        report.Ignored.Should().ContainSingle().Which.Name.Should().EndWith("num_batches_tracked");
        var x = torch.randn(2, 4, 4, 2);
        using var noGradient = torch.no_grad();
        var features = norm.call(conv.call(x.permute(0, 3, 1, 2)));
        var epsilon = torch.sqrt((norm.running_var + 1e-5) / (norm.running_var + 1e-3)).reshape(1, 3, 1, 1);
        var ours = (features - norm.bias!.reshape(1, 3, 1, 1)) * epsilon + norm.bias.reshape(1, 3, 1, 1);
        ShouldBeClose(model.Predict(DeepGpu.Tensors.ToArray(x)), fc.call(ours.flatten(1)));
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
        ShouldBeClose(model.Predict(DeepGpu.Tensors.ToArray(batch)), gru.call(lstm.call(batch).Item1).Item1);
    }

    [Fact]
    public void Renames_find_layers_that_are_called_otherwise()
    {
        using var source = Small.ToModel(Device.Cpu, seed: 1);
        using var target = Small.ToModel(Device.Cpu, seed: 2);
        var path = Path.Combine(_folder, "renamed.safetensors");
        AtomicFile.Write(path, stream => SafetensorsWriter.Write(stream, [.. Tensors(source)
            .Select(t => KeyValuePair.Create("net/" + t.Key.Replace("fc/", "head/", StringComparison.Ordinal), t.Value))]));
        target.LoadWeights(path, WeightMap.ByName.Rename("net", "").Rename("head", "fc")).IsComplete.Should().BeTrue();
        ShouldBeEqual(target, source);
    }

    [Fact]
    public void Other_names_are_found_by_order()
    {
        using var source = Small.ToModel(Device.Cpu, seed: 1);
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
        using var target = Small.ToModel(Device.Cpu, seed: 2);
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
        using var target = Small.ToModel(Device.Cpu, seed: 2);
        var report = target.LoadWeights(Written(source, "part.safetensors"), loading: WeightLoading.Lenient);
        report.Loaded.Select(weight => weight.Weight).Should().Equal("conv/kernel", "conv/bias");
        report.ToString().Should().StartWith("2 weights loaded, 4 missing, 2 of another shape or type, 0 tensors not used, 0 ignored");
        target.Weights[0].ToArray().ToArray<float>().Should().Equal(source.Weights[0].ToArray().ToArray<float>());
    }

    [Fact]
    public void A_file_in_which_nothing_fits_is_refused_even_leniently()
    {
        using var source = Sequential.Input(3).Dense(2, name: "x").Build().ToModel(Device.Cpu);
        using var target = Small.ToModel(Device.Cpu);
        FluentActions.Invoking(() => target.LoadWeights(Written(source, "none.safetensors"), loading: WeightLoading.Lenient))
            .Should().Throw<WeightMismatchException>();
    }

    [Fact]
    public void More_tensors_are_allowed_where_that_is_asked_for()
    {
        using var source = Small.ToModel(Device.Cpu, seed: 1);
        var part = Sequential.Input(4, 4, 2).Conv2D(3, 3, padding: Padding.Same, name: "conv").Build();
        using var target = part.ToModel(Device.Cpu, seed: 2);
        FluentActions.Invoking(() => target.LoadWeights(Written(source, "a.safetensors")))
            .Should().Throw<WeightMismatchException>().Which.Fault.Code.Should().Be("unexpected_weight");
        target.LoadWeights(Written(source, "b.safetensors"), loading: WeightLoading.AllowUnused).Unused.Should().HaveCount(6);
    }

    [Fact]
    public void A_file_of_a_model_inside_the_model_is_loaded_into_it()
    {
        using var source = Small.ToModel(Device.Cpu, seed: 1);
        var outer = Sequential.From(Small).Dense(2, name: "head").Build();
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

    private static void ShouldBeEqual(Model actual, Model expected)
        => actual.Weights.Select(weight => weight.ToArray().Bytes.ToArray()).Should()
            .BeEquivalentTo(expected.Weights.Select(weight => weight.ToArray().Bytes.ToArray()), options => options.WithStrictOrdering());

    /// <summary>A model whose last values are found in a file by their bytes.</summary>
    private static Model WithLastWeight()
    {
        var model = Small.ToModel(Device.Cpu, seed: 1);
        model.Weights[^1].Load(NDArray.From<float>([1.5f, 2.5f, 3.5f, 4.5f, 5.5f], 5));
        return model;
    }

    /// <summary>A refusal, after which every weight has the bytes it had.</summary>
    private static ModelFormatException ShouldChangeNothing(Action<Model> load)
    {
        using var target = Small.ToModel(Device.Cpu, seed: 2);
        var before = target.Weights.Select(weight => weight.ToArray().Bytes.ToArray()).ToList();
        var fault = target.Invoking(load).Should().Throw<ModelFormatException>().Which;
        target.Weights.Select(weight => weight.ToArray().Bytes.ToArray())
            .Should().BeEquivalentTo(before, options => options.WithStrictOrdering());
        return fault;
    }

    /// <summary>The file that holds the last values.</summary>
    private static string Bytes(string path)
        => path.EndsWith(".json", StringComparison.Ordinal) ? Path.Combine(Path.GetDirectoryName(path)!, TfjsLastShard) : path;

    private static int PlaceOfLastWeight(string path, Model source)
        => File.ReadAllBytes(Bytes(path)).AsSpan().LastIndexOf(source.Weights[^1].ToArray().Bytes.Span);

    private static void Cut(string path, long bytes)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        file.SetLength(file.Length - bytes);
    }

    private static void ShouldBeClose(NDArray actual, torch.Tensor expected)
    {
        actual.Shape.Should().Equal(expected.shape.Select(length => (int)length));
        actual.ToArray<float>().Zip(DeepGpu.Tensors.ToArray(expected).ToArray<float>())
            .Should().OnlyContain(pair => Math.Abs(pair.First - pair.Second) < 1e-5);
    }

    private static List<KeyValuePair<string, NDArray>> Tensors(Model model)
        => [.. model.Weights.Select(weight => KeyValuePair.Create(weight.Name, weight.ToArray()))];

    private string Written(Model model, string name)
    {
        var path = Path.Combine(_folder, name);
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

    private string Pth(string name, params (string Prefix, torch.nn.Module Module)[] modules)
    {
        var path = Path.Combine(_folder, name);
        var tensors = modules.SelectMany(item => item.Module.state_dict()
            .Select(entry => KeyValuePair.Create($"{item.Prefix}.{entry.Key}", DeepGpu.Tensors.ToArray(entry.Value)))).ToList();
        AtomicFile.Write(path, stream => PthWriter.Write(stream, tensors));
        return path;
    }
}

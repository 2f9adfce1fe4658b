using DeepGpu.Formats;
using DeepGpu.Models;
using TorchSharp;

namespace DeepGpu.Tests.Weights;

/// <summary>Modules of torch that are several layers or weights here: loaded without renames, they give torch's numbers.</summary>
public sealed class TorchModuleTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("deepgpu-torch-").FullName;

    [Theory]
    [InlineData("lstm", 2, false)]
    [InlineData("lstm", 3, true)]
    [InlineData("gru", 2, false)]
    [InlineData("gru", 2, true)]
    [InlineData("rnn", 3, false)]
    public void A_stacked_recurrent_module_becomes_layers(string kind, int layers, bool bothWays)
    {
        using var scope = torch.NewDisposeScope();
        using var module = Module(kind, layers, bothWays);
        using var head = torch.nn.Linear(bothWays ? 8 : 4, 2);
        var x = Numbers(1, 3, 6, 5);
        using var input = torch.tensor(x.ToArray<float>().ToArray()).reshape(3, 6, 5);
        var expected = Values(head.forward(Run(module, input)[.., -1]));
        var chain = Sequential.Input(6, 5);
        for (var i = 0; i < layers; i++) chain = Applied(chain, kind, i, bothWays);
        using var model = chain.Apply(LastStep).Apply(new Dense(2) { Name = "head" }).Build().ToModel(Device.Cpu);
        var path = Written("stacked.pth", (kind, module), ("head", head));
        model.LoadWeights(path).IsComplete.Should().BeTrue();
        ShouldBe(model.Predict(x), expected);
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public void A_kernel_apart_from_its_length_is_put_together(bool isNewer, bool hasBias)
    {
        var (direction, length) = (Numbers(1, 4, 3, 5), NDArray.From<float>([0.5f, 2, 3, 0.25f], 4, 1, 1));
        var (one, other) = isNewer ? ("parametrizations.weight.original0", "parametrizations.weight.original1") : ("weight_g", "weight_v");
        List<KeyValuePair<string, NDArray>> tensors = [new($"conv.{one}", length), new($"conv.{other}", direction)];
        if (hasBias) tensors.Add(new("conv.bias", NDArray.From<float>([1, 2, 3, 4], 4)));
        using var model = Sequential.Input(9, 3).Apply(new Conv1D(4, 5) { Name = "conv", UseBias = hasBias }).Build().ToModel(Device.Cpu);
        Load(model, tensors);
        var kernel = model.Weights[0].ToArray();
        for (var filter = 0; filter < 4; filter++)
        {
            var norm = Math.Sqrt(Enumerable.Range(0, 15).Sum(i => Math.Pow(At(direction, filter, i / 5, i % 5), 2)));
            for (var channel = 0; channel < 3; channel++)
            {
                for (var place = 0; place < 5; place++)
                    ((double)At(kernel, place, channel, filter)).Should()
                        .BeApproximately(At(direction, filter, channel, place) * At(length, filter, 0, 0) / norm, 1e-6);
            }
        }
    }

    /// <summary>weight_norm(module, dim=None): one length for the whole kernel.</summary>
    [Fact]
    public void A_kernel_of_one_length_is_put_together()
    {
        var direction = Numbers(2, 3, 4);
        using var model = Sequential.Input(4).Apply(new Dense(3) { Name = "fc" }).Build().ToModel(Device.Cpu);
        Load(model, [new("fc.bias", NDArray.Zeros(DataType.Float32, 3)), new("fc.weight_g", new(DataType.Float32, [], BitConverter.GetBytes(2.5f))),
            new("fc.weight_v", direction)]);
        var norm = Math.Sqrt(direction.ToArray<float>().Sum(value => (double)value * value));
        for (var i = 0; i < 12; i++)
            ((double)At(model.Weights[0].ToArray(), i % 4, i / 4)).Should().BeApproximately(At(direction, i / 4, i % 4) * 2.5 / norm, 1e-6);
    }

    /// <summary>A checkpoint of Lightning: the weights under "state_dict", names after the attribute that holds the net.</summary>
    [Fact]
    public void A_Lightning_checkpoint_loads_without_renames()
    {
        var (kernel, bias) = (Numbers(3, 2, 4), NDArray.From<float>([5, 6], 2));
        var root = new CheckpointGroup(
        [
            new("epoch", new CheckpointValue(3L)), new("global_step", new CheckpointValue(120L)),
            new("pytorch-lightning_version", new CheckpointValue("2.1.0")),
            new("state_dict", new CheckpointGroup(
            [
                new("fc.weight", new CheckpointTensor(new("state_dict.fc.weight", DataType.Float32, [2, 4]))),
                new("fc.bias", new CheckpointTensor(new("state_dict.fc.bias", DataType.Float32, [2]))),
            ])),
            new("hyper_parameters", new CheckpointGroup([new("lr", new CheckpointValue(0.01)), new("name", new CheckpointValue("net"))])),
        ]);
        var path = Path.Combine(_folder, "last.ckpt");
        AtomicFile.Write(path, stream => PthWriter.Write(stream, root, tensor => tensor.Name.EndsWith("bias", StringComparison.Ordinal) ? bias : kernel));
        using var model = Sequential.Input(4).Apply(new Dense(2) { Name = "fc" }).Build().ToModel(Device.Cpu);
        model.LoadWeights(path).IsComplete.Should().BeTrue();
        for (var i = 0; i < 8; i++) At(model.Weights[0].ToArray(), i % 4, i / 4).Should().Be(At(kernel, i / 4, i % 4));
        model.Weights[1].ToArray().ToArray<float>().ToArray().Should().Equal(5, 6);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static torch.nn.Module Module(string kind, int layers, bool bothWays) => kind switch
    {
        "lstm" => torch.nn.LSTM(5, 4, layers, bidirectional: bothWays, batchFirst: true),
        "gru" => torch.nn.GRU(5, 4, layers, bidirectional: bothWays, batchFirst: true),
        _ => torch.nn.RNN(5, 4, layers, batchFirst: true),
    };

    private static torch.Tensor Run(torch.nn.Module module, torch.Tensor input) => module switch
    {
        TorchSharp.Modules.LSTM lstm => lstm.forward(input).Item1,
        TorchSharp.Modules.GRU gru => gru.forward(input).Item1,
        _ => ((TorchSharp.Modules.RNN)module).forward(input, null).Item1,
    };

    private static SymbolicTensor Applied(SymbolicTensor chain, string kind, int number, bool bothWays)
    {
        var name = number == 0 ? kind : FormattableString.Invariant($"{kind}_{number}");
        RecurrentLayer layer = kind switch
        {
            "lstm" => new LSTM(4) { ReturnSequences = true },
            "gru" => new GRU(4) { ReturnSequences = true },
            _ => new SimpleRNN(4) { ReturnSequences = true },
        };
        return bothWays ? chain.Apply(new Bidirectional(layer) { Name = name }) : chain.Apply(layer with { Name = name });
    }

    /// <summary>The last step of a sequence.</summary>
    private static TensorFunction LastStep => new("GetItem", ("x", FunctionArgument.Input(0)),
        ("key", FunctionArgument.List(FunctionArgument.Slice(), -1)));

    private string Written(string name, params (string Prefix, torch.nn.Module Module)[] modules)
    {
        var path = Path.Combine(_folder, name);
        WeightFile.Write(path, () => [.. modules.SelectMany(module => module.Module.state_dict()
            .Select(pair => KeyValuePair.Create($"{module.Prefix}.{pair.Key}", Array(pair.Value))))]);
        return path;
    }

    private void Load(Model model, List<KeyValuePair<string, NDArray>> tensors)
    {
        var path = Path.Combine(_folder, "weights.pth");
        WeightFile.Write(path, () => tensors);
        model.LoadWeights(path).IsComplete.Should().BeTrue();
    }

    private static NDArray Array(torch.Tensor tensor)
        => NDArray.From<float>([.. tensor.detach().cpu().contiguous().data<float>()], [.. tensor.shape.Select(length => (int)length)]);

    private static float[] Values(torch.Tensor tensor) => [.. tensor.detach().contiguous().data<float>()];

    private static void ShouldBe(NDArray actual, float[] expected)
        => actual.ToArray<float>().Zip(expected, (a, b) => Math.Abs(a - b)).Max().Should().BeLessThan(2e-6f);

    private static float At(NDArray array, params int[] index)
        => array.ToArray<float>()[index.Select((place, axis) => place * array.Shape.Skip(axis + 1).Aggregate(1, (a, b) => a * b)).Sum()];

    private static NDArray Numbers(int seed, params int[] shape)
    {
        var random = new Random(seed);
        return NDArray.From<float>([.. Enumerable.Range(0, shape.Aggregate(1, (a, b) => a * b))
            .Select(_ => (float)(random.NextDouble() - 0.5))], shape);
    }
}

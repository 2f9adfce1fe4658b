using DeepGpu.Models;
using TorchSharp;

namespace DeepGpu.Tests.Layers;

/// <summary>Recurrent layers beyond the contract of every layer.</summary>
public class RecurrentTests
{
    private static readonly int[][] Masks = [[1, 1, 1, 0, 0, 1], [0, 0, 1, 1, 1, 1], [0, 0, 0, 0, 0, 0],
        [1, 1, 1, 1, 1, 1], [0, 1, 0, 1, 1, 0]];

    public static TheoryData<string, bool, bool, bool, bool> Options()
    {
        var data = new TheoryData<string, bool, bool, bool, bool>();
        foreach (var kind in new[] { "SimpleRNN", "ReluRNN", "LSTM", "GRU", "BiasedGRU" })
            for (var bits = 0; bits < 16; bits++) data.Add(kind, (bits & 1) > 0, (bits & 2) > 0, (bits & 4) > 0, (bits & 8) > 0);
        return data;
    }

    [Theory]
    [MemberData(nameof(Options))]
    public void Fused_kernels_and_single_steps_agree(string kind, bool masked, bool sequences, bool backwards, bool zeros)
        => Agree(kind, new(masked, sequences, backwards, zeros), PrecisionPolicy.Float64, 1e-12);

    [Theory]
    [MemberData(nameof(Options))]
    public void So_they_do_in_single_precision(string kind, bool masked, bool sequences, bool backwards, bool zeros)
        => Agree(kind, new(masked, sequences, backwards, zeros), PrecisionPolicy.Float32, 5e-6);

    [Fact]
    public void A_stateful_layer_continues_where_the_batch_before_ended()
    {
        using var scope = torch.NewDisposeScope();
        using var run = new LayerRun(new GRU(4) { Stateful = true, ReturnSequences = true }, [new Shape(null, null, 3)]);
        var x = torch.randn(2, 6, 3);
        var whole = run.Run([new(x)])[0].Tensor;
        run.Model.ResetState();
        var first = run.Run([new(x.narrow(1, 0, 2))])[0].Tensor;
        var second = run.Run([new(x.narrow(1, 2, 4))])[0].Tensor;
        (torch.cat([first, second], 1) - whole).abs().max().item<float>().Should().BeLessThan(1e-6f);
    }

    [Fact]
    public void A_stateful_layer_refuses_another_batch_size()
    {
        using var model = Sequential.Input(null, 3).Apply(new LSTM(4) { Stateful = true, Name = "memory" }).Build().ToModel(Device.Cpu);
        model.Predict(NDArray.Zeros(DataType.Float32, 2, 5, 3), batchSize: 2);
        model.Invoking(m => m.Predict(NDArray.Zeros(DataType.Float32, 3, 5, 3), batchSize: 3)).Should().Throw<ModelStateException>()
            .WithMessage(
                "A stateful layer needs batches of one size, but 'memory' kept states of 2 samples and receives 3. Call ResetState()*");
        model.ResetState();
        model.Predict(NDArray.Zeros(DataType.Float32, 3, 5, 3), batchSize: 3).Shape.Should().Equal(3, 4);
    }

    [Fact]
    public void Dropout_of_inputs_and_states_is_the_same_at_every_step()
    {
        using var scope = torch.NewDisposeScope();
        using var random = new torch.Generator(4);
        using var run = new LayerRun(new SimpleRNN(50)
        {
            Dropout = 0.5,
            Activation = Activation.Linear,
            ReturnSequences = true,
            RecurrentInitializer = Initializer.Zeros
        }, [new Shape(null, null, 50)]);
        run.Load([Eye(50), NDArray.Zeros(DataType.Float32, 50, 50), NDArray.Zeros(DataType.Float32, 50)]);
        var output = run.Run([new(torch.ones(1, 3, 50))], ForwardContext.Training(random))[0].Tensor;
        output[0, 0].eq(0).sum().item<long>().Should().BeInRange(10, 40);
        output[0, 1].Equals(output[0, 0]).Should().BeTrue();
        output[0, 2].Equals(output[0, 0]).Should().BeTrue();
    }

    [Fact]
    public void Sequences_of_several_lengths_are_padded_and_masked()
    {
        var layer = new LSTM(5);
        using var model = Sequential.Input([null]).Embedding(10, 4, maskZero: true).Apply(layer).Build().ToModel(Device.Cpu, seed: 2);
        var padded = model.Predict(NDArray.From<long>([3, 7, 1, 0, 0, 5, 2, 8, 9, 4], 2, 5)).ToArray<float>();
        var alone = model.Predict(NDArray.From<long>([3, 7, 1], 1, 3)).ToArray<float>();
        padded[..5].Zip(alone).Should().OnlyContain(pair => Math.Abs(pair.First - pair.Second) < 1e-6);
    }

    private static NDArray Eye(int n) => NDArray.From<float>([.. Enumerable.Range(0, n * n).Select(i => i / n == i % n ? 1f : 0)], n, n);

    private static RecurrentLayer Make(string kind) => kind switch
    {
        "SimpleRNN" => new SimpleRNN(4),
        "ReluRNN" => new SimpleRNN(4) { Activation = Activation.Relu, UseBias = false },
        "LSTM" => new LSTM(4) { Dropout = 0.2 },
        "GRU" => new GRU(4) { UseBias = false },
        _ => new GRU(4) { BiasInitializer = new RandomNormal() },
    };

    private sealed record Way(bool Masked, bool Sequences, bool Backwards, bool Zeros);

    private static void Agree(string kind, Way way, PrecisionPolicy precision, double tolerance)
    {
        using var scope = torch.NewDisposeScope();
        var layer = Make(kind) with
        {
            ReturnSequences = way.Sequences,
            GoBackwards = way.Backwards,
            ZeroOutputForMask = way.Zeros,
            ReturnState = kind != "LSTM"
        };
        using var run = new LayerRun(layer,
            [new Shape(null, 6, 3), .. Enumerable.Repeat(new Shape(null, 4), kind == "LSTM" ? 2 : 1)], precision);
        var inputs = Inputs(way.Masked, kind == "LSTM" ? 2 : 1, precision.ComputeType());
        var fused = Outcome(run, inputs, fused: true);
        var stepped = Outcome(run, inputs, fused: false);
        fused.Should().HaveCount(stepped.Count);
        foreach (var (a, b) in fused.Zip(stepped))
            (a - b).abs().max().ToDouble().Should().BeLessThan(tolerance * Math.Max(1, b.abs().max().ToDouble()));
    }

    private static List<Signal> Inputs(bool masked, int states, torch.ScalarType type)
    {
        using var random = new torch.Generator(9);
        var sequence = torch.randn([5, 6, 3], type, generator: random).requires_grad_(true);
        var mask = masked ? torch.stack([.. Masks.Select(steps => torch.tensor(steps))]).to(torch.ScalarType.Bool) : null;
        return [new(sequence, mask),
            .. Enumerable.Range(0, states).Select(_ => new Signal(torch.randn([5, 4], type, generator: random).requires_grad_(true)))];
    }

    /// <summary>Outputs and gradients of a training pass.</summary>
    private static List<torch.Tensor> Outcome(LayerRun run, List<Signal> inputs, bool fused)
    {
        using var random = new torch.Generator(5);
        foreach (var sequence in run.Model.Graph.Sequences) sequence.UsesFusedKernels = fused;
        var outputs = run.Run(inputs, ForwardContext.Training(random)).Select(output => output.Tensor).ToList();
        var leaves = run.Model.Weights.Select(weight => weight.Tensor).Concat(inputs.Select(input => input.Tensor)).ToList();
        foreach (var leaf in leaves) leaf.grad = null;
        outputs.Select(output => output.pow(3).sum()).Aggregate((a, b) => a + b).backward();
        return [.. outputs.Select(output => output.detach()), .. leaves.Select(leaf => leaf.grad!.clone())];
    }
}

using DeepGpu.Models;
using TorchSharp;

namespace DeepGpu.Tests.Layers;

/// <summary>The recurrence of our own in single precision against torch's kernels in double precision.</summary>
public class SigmoidRecurrenceTests
{
    private static readonly Dictionary<string, Func<SymbolicTensor, SymbolicTensor>> Networks = new()
    {
        ["rnn"] = x => x.Apply(new SimpleRNN(32)),
        ["gru"] = x => x.Apply(new GRU(32)),
        ["sequences"] = x => x.Apply(new GRU(16) { ReturnSequences = true }).Apply(new SimpleRNN(8) { ReturnSequences = true }),
        ["stacked"] = x =>
            x.Apply(new SimpleRNN(16) { ReturnSequences = true }).Apply(new GRU(16) { ReturnSequences = true }).Apply(new GRU(8)),
        ["bidirectional"] = x =>
            x.Apply(new Bidirectional(new GRU(16) { ReturnSequences = true })).Apply(new Bidirectional(new SimpleRNN(8))),
        ["masked"] = x => x.Apply(new Masking()).Apply(new GRU(16) { ReturnSequences = true }).Apply(new SimpleRNN(16)),
    };

    public static TheoryData<string> Names => [.. Networks.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Outputs_and_gradients_agree_over_forty_steps(string name)
    {
        using var scope = torch.NewDisposeScope();
        var spec = Networks[name](Sequential.Input(40, 5)).Build();
        using var fast = spec.ToModel(Device.Cpu, seed: 3);
        using var exact = spec.ToModel(Device.Cpu, seed: 3, precision: PrecisionPolicy.Float64);
        foreach (var (from, to) in fast.Weights.Zip(exact.Weights)) to.Tensor.detach().copy_(from.Tensor.detach());
        foreach (var (a, b) in Outcome(fast).Zip(Outcome(exact)))
            (a - b).abs().max().item<double>().Should().BeLessThan(3e-6 * Math.Max(1, b.abs().max().item<double>()));
    }

    [Fact]
    public void Nothing_is_kept_after_a_pass_with_or_without_a_backward_pass()
    {
        using var model = Networks["bidirectional"](Sequential.Input(40, 5)).Build().ToModel(Device.Cpu, seed: 3);
        Pass(model, backwards: true);
        var before = torch.Tensor.TotalCount;
        for (var i = 0; i < 10; i++) Pass(model, backwards: i % 2 == 0);
        torch.Tensor.TotalCount.Should().Be(before);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 1)]
    [InlineData(1, 7)]
    public void The_smallest_batches_and_sequences_are_served(int batch, int steps)
    {
        using var model = Sequential.Input(null, 2).Apply(new GRU(3)).Build().ToModel(Device.Cpu, seed: 3);
        model.Predict(NDArray.Zeros(DataType.Float32, batch, steps, 2)).Shape.Should().Equal(batch, 3);
    }

    private static void Pass(Model model, bool backwards)
    {
        using var scope = torch.NewDisposeScope();
        var output = model.Graph.Run([new(Inputs(torch.ScalarType.Float32))], ForwardContext.Inference)[0].Tensor;
        if (backwards) output.sum().backward();
        foreach (var weight in model.Weights) weight.Tensor.grad = null;
    }

    private static List<torch.Tensor> Outcome(Model model)
    {
        var input = Inputs(model.Weights[0].Tensor.dtype).requires_grad_(true);
        var output = model.Graph.Run([new(input)], ForwardContext.Inference)[0].Tensor;
        (output * torch.linspace(-1, 1, output.NumberOfElements, output.dtype).reshape(output.shape)).sum().backward();
        return [.. model.Weights.Select(weight => weight.Tensor.grad!).Append(input.grad!).Append(output.detach())
            .Select(t => t.to(torch.ScalarType.Float64))];
    }

    /// <summary>Some steps at the end and one in between are zeros, which Masking masks.</summary>
    private static torch.Tensor Inputs(torch.ScalarType type)
    {
        using var random = new torch.Generator(9);
        var x = torch.randn([6, 40, 5], torch.ScalarType.Float32, generator: random);
        x.narrow(0, 0, 2).narrow(1, 30, 10).zero_();
        x.narrow(0, 3, 1).narrow(1, 4, 1).zero_();
        return x.to(type);
    }
}

using DeepGpu.Models;
using TorchSharp;

namespace DeepGpu.Tests.Layers;

/// <summary>Recurrent layers that nothing is trained in yield what a step at a time yields: masks with gaps and at either end, states given
/// and asked for, time backwards, kept states.</summary>
public class VectorSequenceTests
{
    private static readonly int[][] Masks =
        [[1, 1, 1, 1, 1, 1], [0, 0, 1, 1, 1, 0], [1, 0, 1, 0, 0, 1], [0, 0, 0, 0, 0, 0], [1, 1, 0, 0, 0, 0]];

    public static TheoryData<string, bool, bool, bool, bool> Ways
    {
        get
        {
            var ways = new TheoryData<string, bool, bool, bool, bool>();
            foreach (var kind in new[] { "SimpleRNN", "LSTM", "GRU" })
            {
                for (var i = 0; i < 16; i++) ways.Add(kind, (i & 1) > 0, (i & 2) > 0, (i & 4) > 0, (i & 8) > 0);
            }

            return ways;
        }
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void A_pass_without_gradients_equals_a_step_at_a_time(string kind, bool masked, bool sequences, bool backwards, bool zeroed)
    {
        using var scope = torch.NewDisposeScope();
        using var noGradient = torch.no_grad();
        var layer = Layer(kind) with
        {
            ReturnSequences = sequences,
            ReturnState = true,
            GoBackwards = backwards,
            ZeroOutputForMask = zeroed,
        };
        var states = kind == "LSTM" ? 2 : 1;
        using var run = new LayerRun(layer, [new(null, 6, 3), .. Enumerable.Repeat(new Shape(null, 5), states)], seed: 2);
        Fill(run.Model);
        var inputs = Inputs(masked, states);
        Compare(Outcome(run, inputs, fused: true), Outcome(run, inputs, fused: false));
    }

    [Theory]
    [InlineData("SimpleRNN")]
    [InlineData("LSTM")]
    [InlineData("GRU")]
    public void Kept_states_go_on_in_the_next_batch(string kind)
    {
        using var scope = torch.NewDisposeScope();
        using var noGradient = torch.no_grad();
        using var run = new LayerRun(Layer(kind) with { Stateful = true }, [new(5, 6, 3)], seed: 2);
        Fill(run.Model);
        var inputs = Inputs(masked: true, states: 0);
        List<torch.Tensor>[] ways = [.. new[] { true, false }.Select(fused =>
        {
            run.Model.ResetState();
            return (List<torch.Tensor>)[.. Outcome(run, inputs, fused), .. Outcome(run, inputs, fused)];
        })];
        Compare(ways[0], ways[1]);
        (ways[0][0] - ways[0][1]).abs().max().ToDouble().Should().BeGreaterThan(0.01);
    }

    [Theory]
    [InlineData("SimpleRNN")]
    [InlineData("LSTM")]
    [InlineData("GRU")]
    public void What_is_not_a_number_stays_in_its_sample(string kind)
    {
        using var model = Sequential.Input(4, 3).Apply(Layer(kind)).Build().ToModel(Device.Cpu, seed: 1);
        var values = new float[2 * 12];
        values[13] = float.NaN;
        var outputs = model.Predict(NDArray.From<float>(values, 2, 4, 3)).ToArray<float>();
        outputs[..5].Should().OnlyContain(value => float.IsFinite(value));
        outputs[5..].Should().OnlyContain(value => float.IsNaN(value));
    }

    private static SequenceLayer Layer(string kind) => kind switch
    {
        "LSTM" => new LSTM(5),
        "GRU" => new GRU(5),
        _ => new SimpleRNN(5),
    };

    private static void Fill(Model model)
    {
        foreach (var (weight, i) in model.Weights.Select((weight, i) => (weight, i)))
            weight.Load(RandomArray.Between(-0.7, 0.8, i, [.. weight.Spec.Shape]));
    }

    private static List<Signal> Inputs(bool masked, int states)
    {
        using var random = new torch.Generator(9);
        var mask = masked ? torch.stack([.. Masks.Select(steps => torch.tensor(steps))]).to(torch.ScalarType.Bool) : null;
        return [new(torch.randn([5, 6, 3], generator: random), mask),
            .. Enumerable.Range(0, states).Select(_ => new Signal(torch.randn([5, 5], generator: random)))];
    }

    private static List<torch.Tensor> Outcome(LayerRun run, List<Signal> inputs, bool fused)
    {
        foreach (var sequence in run.Model.Graph.Sequences) sequence.UsesFusedKernels = fused;
        return [.. run.Run(inputs).Select(output => output.Tensor)];
    }

    private static void Compare(List<torch.Tensor> fused, List<torch.Tensor> stepped)
    {
        fused.Should().HaveCount(stepped.Count);
        foreach (var (a, b) in fused.Zip(stepped))
        {
            a.shape.Should().Equal(b.shape);
            (a - b).abs().max().ToDouble().Should().BeLessThan(2e-6);
        }
    }
}

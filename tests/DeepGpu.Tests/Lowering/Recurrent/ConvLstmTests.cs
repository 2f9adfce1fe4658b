using DeepGpu.Models;
using TorchSharp;
using Padding = DeepGpu.Models.Padding;

namespace DeepGpu.Tests.Layers;

/// <summary>ConvLSTM along 1, 2 and 3 axes against its equations, written out as loops.</summary>
public class ConvLstmTests
{
    private static readonly (ConvLSTM Layer, int Batch, int[] Sample)[] Cases =
    [
        (new ConvLSTM1D(2, 3) { Strides = 2 }, 1, [4, 8, 3]),
        (new ConvLSTM1D(3, 2) { Strides = 3, Padding = Padding.Same, ReturnSequences = true }, 3, [3, 7, 1]),
        (new ConvLSTM1D(1, 4) { DilationRate = 2, DataFormat = DataFormat.ChannelsFirst, GoBackwards = true, UseBias = false }, 2, [3, 2,
            9]),
        (new ConvLSTM2D(2, (2, 3)) { Strides = (2, 1), Padding = Padding.Same, RecurrentActivation = Activation.HardSigmoid }, 2, [3, 5, 4,
            2]),
        (new ConvLSTM2D(1, (3, 2)) { DilationRate = (1, 2), DataFormat = DataFormat.ChannelsFirst, ReturnSequences = true }, 1, [2, 3, 5,
            5]),
        (new ConvLSTM3D(2, (2, 1, 3)) { Strides = (1, 2, 1), Activation = Activation.Relu }, 2, [2, 3, 4, 5, 2]),
        (new ConvLSTM3D(1, 2) { Padding = Padding.Same, DataFormat = DataFormat.ChannelsFirst, GoBackwards = true, ReturnSequences = true },
            3, [3, 1, 2, 3, 1]),
    ];

    public static IEnumerable<ITheoryDataRow> Rows => Enumerable.Range(0, Cases.Length).SelectMany(i => Enumerable.Range(0, 4).Select(kind
        => new TheoryDataRow<int, bool, bool>(i, kind % 2 == 1, kind > 1)));

    [Theory]
    [MemberData(nameof(Rows))]
    public void Output_and_states_are_those_of_the_loop(int index, bool isMasked, bool hasStates)
    {
        using var scope = torch.NewDisposeScope();
        var (options, batch, sample) = Cases[index];
        var layer = options with { ReturnState = true };
        var step = layer.StepCell.StateShapes(new Shape([batch, .. sample.Skip(1).Select(n => (int?)n)]))[0];
        int[] state = [.. step.Axes.Select(n => n!.Value)];
        List<Grid> inputs = [Grid.Random(3, [batch, .. sample]), .. hasStates ? new[] { Grid.Random(4, state), Grid.Random(5,
            state) } : []];
        using var run = new LayerRun(layer, [.. inputs.Select(x => new Shape([null, .. x.Shape.Skip(1).Select(n
            => (int?)n)]))], PrecisionPolicy.Float64);
        var weights = run.Model.Weights.Select((weight, i) => Grid.Random(10 + i, [.. weight.Spec.Shape])).ToList();
        run.Load([.. weights.Select(weight => weight.ToArray())]);
        var mask = isMasked ? Mask(batch, sample[0]) : null;
        var outputs = run.Run([new(inputs[0].ToTensor(), mask), .. inputs.Skip(1).Select(x => new Signal(x.ToTensor()))]);
        var expected = new Loop(layer, weights, inputs, state, mask is null ? null : Grid.Of(mask)).Run();
        outputs.Should().HaveCount(3);
        foreach (var (wanted, actual) in expected.Zip(outputs)) wanted.Check(actual.Tensor);
        (outputs[0].Mask is not null).Should().Be(isMasked && layer.ReturnSequences);
    }

    [Fact]
    public void A_stateful_layer_continues_where_the_batch_before_ended()
    {
        using var scope = torch.NewDisposeScope();
        var x = Grid.Random(1, 2, 6, 5, 2).ToTensor();
        using var whole = new LayerRun(new ConvLSTM1D(2, 2) { Padding = Padding.Same }, [new Shape(null, 6, 5, 2)],
            PrecisionPolicy.Float64);
        using var parts = new LayerRun(new ConvLSTM1D(2, 2) { Padding = Padding.Same, Stateful = true }, [new Shape(null, 3, 5, 2)],
            PrecisionPolicy.Float64);
        parts.Load([.. whole.Model.Weights.Select(weight => weight.ToArray())]);
        parts.Run([new(x.narrow(1, 0, 3))]);
        Grid.Of(whole.Run([new(x)])[0].Tensor).Check(parts.Run([new(x.narrow(1, 3, 3))])[0].Tensor);
        parts.Model.ResetState();
        Grid.Of(parts.Run([new(x.narrow(1, 3, 3))])[0].Tensor).Data.Should().NotEqual(Grid.Of(whole.Run([new(x)])[0].Tensor).Data);
    }

    /// <summary>An input of ones and a kernel of ones: what a gate sums up tells what its pattern kept.</summary>
    [Fact]
    public void Dropout_draws_a_pattern_for_each_gate_that_stays_for_every_step()
    {
        using var scope = torch.NewDisposeScope();
        using var random = new torch.Generator(5);
        var layer = new ConvLSTM1D(1, 1)
        {
            Dropout = 0.5,
            Activation = Activation.Linear,
            RecurrentActivation = Activation.Linear,
            UseBias = false,
            ReturnSequences = true
        };
        using var run = new LayerRun(layer, [new Shape(null, 2, 64, 1)], PrecisionPolicy.Float64);
        run.Load([NDArray.From<double>([1, 1, 1, 1], 1, 1, 4), NDArray.From<double>([0, 0, 0, 0], 1, 1, 4)]);
        var output = Grid.Of(run.Run([new(torch.ones([1, 2, 64, 1], torch.ScalarType.Float64))],
            ForwardContext.Training(random))[0].Tensor);
        var first = Enumerable.Range(0, 64).Select(row => output[0, 0, row, 0]).ToList();
        first.Distinct().Order().Should().Equal([0.0, 8], "input, candidate and output gate are 0 or 2 each, dropped by themselves");
        first.Count(value => value > 0).Should().BeInRange(2, 20, "all three are kept in an eighth of the rows, not in half of them");
        for (var row = 0; row < 64; row++)
        {
            var forget = output[0, 1, row, 0] / 8 - 1;
            if (first[row] > 0) new[] { 0.0, 2 }.Should().Contain(forget, "the patterns are those of the first step");
            else output[0, 1, row, 0].Should().Be(0);
        }
    }

    private static torch.Tensor Mask(int batch, int steps)
    {
        var counted = Grid.Places(batch, steps).Select(at => (at[0] + at[1]) % 3 != 1).ToArray();
        return torch.tensor(counted, [batch, steps]);
    }

    /// <summary>The equations of Shi et al., without peepholes, as Keras has them.</summary>
    private sealed class Loop(ConvLSTM layer, List<Grid> weights, List<Grid> inputs, int[] state, Grid? mask)
    {
        private readonly bool _isLast = layer.DataFormat == DataFormat.ChannelsLast;

        public List<Grid> Run()
        {
            var (batch, steps) = (inputs[0].Shape[0], inputs[0].Shape[1]);
            var sequence = new Grid([batch, steps, .. state[1..]]);
            var (hidden, memory) = (new Grid(state), new Grid(state));
            for (var b = 0; b < batch; b++)
            {
                var (h, c) = inputs.Count > 1 ? (inputs[1].At(b), inputs[2].At(b)) : (new Grid(state[1..]), new Grid(state[1..]));
                var output = h; // before the first output stands the first state
                for (var t = 0; t < steps; t++)
                {
                    var time = layer.GoBackwards ? steps - 1 - t : t;
                    if (mask is null || mask[b, time] > 0)
                    {
                        (h, c) = Step(inputs[0].At(b, time), h, c);
                        output = h;
                    }

                    foreach (var at in Grid.Places(state[1..])) sequence[[b, t, .. at]] = output[at];
                }

                foreach (var at in Grid.Places(state[1..])) (hidden[[b, .. at]], memory[[b, .. at]]) = (h[at], c[at]);
            }

            return [layer.ReturnSequences ? sequence : Last(sequence, steps - 1), hidden, memory];
        }

        private Grid Last(Grid sequence, int step)
        {
            var last = new Grid(state);
            foreach (var at in Grid.Places(state)) last[at] = sequence[[at[0], step, .. at[1..]]];
            return last;
        }

        private (Grid H, Grid C) Step(Grid x, Grid h, Grid c)
        {
            var (nextH, nextC) = (new Grid(state[1..]), new Grid(state[1..]));
            foreach (var at in Grid.Places(state[1..]))
            {
                var (filter, place) = _isLast ? (at[^1], at[..^1]) : (at[0], at[1..]);
                double Gate(int gate) => Sum(x, h, place, gate * layer.Filters + filter);
                var (i, f, o) = (Recurrent(Gate(0)), Recurrent(Gate(1)), Recurrent(Gate(3)));
                nextC[at] = f * c[at] + i * Apply(layer.Activation, Gate(2));
                nextH[at] = o * Apply(layer.Activation, nextC[at]);
            }

            return (nextH, nextC);
        }

        private double Sum(Grid x, Grid h, int[] place, int column)
        {
            var ones = Enumerable.Repeat(1, place.Length).ToArray();
            var input = Convolved(x, weights[0], place, column, [.. layer.Strides.Over(place.Length)],
                [.. layer.DilationRate.Over(place.Length)], layer.Padding == Padding.Same);
            return input + Convolved(h, weights[1], place, column, ones, ones, isSame: true) + (layer.UseBias ? weights[2][column] : 0);
        }

        private double Convolved(Grid x, Grid kernel, int[] place, int column, int[] strides, int[] dilation, bool isSame)
        {
            var (extent, channels) = (kernel.Shape[..^2], kernel.Shape[^2]);
            var lengths = _isLast ? x.Shape[..^1] : x.Shape[1..];
            var sum = 0.0;
            foreach (var cell in Grid.Places(extent))
            {
                var from = place.Select((p, axis) => p * strides[axis] + cell[axis] * dilation[axis] - (isSame ? Before(lengths[axis],
                    extent[axis], strides[axis], dilation[axis]) : 0)).ToArray();
                if (from.Where((p, axis) => p < 0 || p >= lengths[axis]).Any()) continue;
                for (var channel = 0; channel < channels; channel++) sum += (_isLast ? x[[.. from, channel]] : x[[channel,
                    .. from]]) * kernel[[.. cell, channel, column]];
            }

            return sum;
        }

        private static int Before(int length, int kernel, int stride, int dilation)
            => Math.Max(((length + stride - 1) / stride - 1) * stride + (kernel - 1) * dilation + 1 - length, 0) / 2;

        private double Recurrent(double x) => Apply(layer.RecurrentActivation, x);

        private static double Apply(Activation activation, double x) => activation switch
        {
            Activation.Tanh => Math.Tanh(x),
            Activation.Relu => Math.Max(0, x),
            Activation.HardSigmoid => Math.Clamp(x / 6 + 0.5, 0, 1),
            _ => 1 / (1 + Math.Exp(-x)),
        };
    }
}

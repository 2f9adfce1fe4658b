using DeepGpu.Models;
using TorchSharp;

namespace DeepGpu.Tests.Layers;

/// <summary>What a row or a sequence gives of which every step is masked, beside one of which some are: the rules of Keras 3.</summary>
public class MaskedRowTests
{
    private static readonly float[] Numbers = [0.5f, -1, 2, 1.5f, 0.25f, -0.75f, 1, 3, -2, 0.1f, 0.7f, -0.4f];

    [Fact]
    public void Softmax_gives_masked_numbers_nothing_and_a_masked_row_nothing_at_all()
    {
        using var scope = torch.NewDisposeScope();
        using var run = new LayerRun(new Softmax(), [new Shape(null, 3)]);
        var output = run.Run([new(Values(2, 3), Mask(2, 3, true, false, true, false, false, false))])[0].Tensor;
        var sum = Math.Exp(0.5) + Math.Exp(2);
        Close(output, Math.Exp(0.5) / sum, 0, Math.Exp(2) / sum, 0, 0, 0);
    }

    [Fact]
    public void Softmax_over_time_leaves_masked_steps_out()
    {
        using var scope = torch.NewDisposeScope();
        using var run = new LayerRun(new Softmax { Axis = 1 }, [new Shape(null, 3, 2)]);
        var output = run.Run([new(Values(2, 3, 2), Mask(2, 3, true, false, true, false, false, false))])[0].Tensor;
        double Share(double own, double other) => 1 / (1 + Math.Exp(other - own));
        Close(output, Share(0.5, 0.25), Share(-1, -0.75), 0, 0, Share(0.25, 0.5), Share(-0.75, -1), 0, 0, 0, 0, 0, 0);
    }

    [Theory]
    [InlineData("dot")]
    [InlineData("additive")]
    public void Attention_to_masked_values_alone_sees_every_value_alike(string kind)
    {
        using var scope = torch.NewDisposeScope();
        using var run = new LayerRun(kind == "dot" ? new Attention() : new AdditiveAttention(),
            [new Shape(null, 2, 2), new Shape(null, 3, 2)]);
        var value = Values(2, 3, 2);
        var output = run.Run([new(Values(2, 2, 2)), new(value, Mask(2, 3, false, true, false, false, false, false))])[0].Tensor;
        Close(output[0], 2, 1.5, 2, 1.5);
        Close(output[1], (1 - 2 + 0.7) / 3, (3 + 0.1 - 0.4) / 3, (1 - 2 + 0.7) / 3, (3 + 0.1 - 0.4) / 3);
    }

    [Theory]
    [InlineData(PrecisionPolicy.Float32)]
    [InlineData(PrecisionPolicy.Float64)]
    public void Attention_in_heads_sees_every_key_alike_or_none_where_scores_are_asked_for(PrecisionPolicy precision)
    {
        using var scope = torch.NewDisposeScope();
        var key = Mask(2, 3, true, false, true, false, false, false);
        foreach (var asks in (bool[])[false, true])
        {
            var layer = new MultiHeadAttention(2, 3) { ReturnAttentionScores = asks, UseBias = false };
            using var run = new LayerRun(layer, [new Shape(null, 2, 2), new Shape(null, 3, 2)], precision);
            var value = Values(2, 3, 2).to(precision.ComputeType());
            Signal Query() => new(Values(2, 2, 2).to(precision.ComputeType()));
            var output = run.Run([Query(), new(value, key)]);
            var mean = run.Run([Query(), new(value.mean([1], keepdim: true).expand(2, 3, 2))])[0].Tensor;
            Close(output[0].Tensor[1], Doubles(asks ? torch.zeros_like(mean[1]) : mean[1]));
            if (!asks) continue;
            output[1].Tensor[1].abs().sum().to(torch.ScalarType.Float64).item<double>().Should().Be(0);
            output[1].Tensor[0].sum(-1).sub(1).abs().max().to(torch.ScalarType.Float64).item<double>().Should().BeLessThan(1e-6);
        }
    }

    [Fact]
    public void The_mean_over_time_of_a_masked_sample_is_no_number_and_masked_steps_may_hold_anything()
    {
        using var scope = torch.NewDisposeScope();
        using var run = new LayerRun(new GlobalAveragePooling1D(), [new Shape(null, 3, 2)]);
        var values = Values(2, 3, 2);
        values[0, 1, 0] = torch.tensor(float.NaN);
        var output = run.Run([new(values, Mask(2, 3, true, false, true, false, false, false))])[0].Tensor;
        Close(output[0], (0.5 + 0.25) / 2, (-1 - 0.75) / 2);
        output[1].isnan().all().item<bool>().Should().BeTrue();
    }

    public static TheoryData<string, bool> Recurrences
        => new(from kind in (string[])["rnn", "lstm", "gru", "stacked"] from isFused in (bool[])[true, false] select (kind, isFused));

    [Theory]
    [MemberData(nameof(Recurrences))]
    public void A_masked_sequence_keeps_the_state_it_starts_from_and_yields_it(string kind, bool isFused)
    {
        using var scope = torch.NewDisposeScope();
        SequenceLayer layer = kind switch
        {
            "rnn" => new SimpleRNN(3) { ReturnSequences = true },
            "lstm" => new LSTM(3) { ReturnSequences = true },
            "gru" => new GRU(3) { ReturnSequences = true },
            _ => new RNN(new StackedRNNCells([new SimpleRNNCell(3), new SimpleRNNCell(3)])) { ReturnSequences = true },
        };
        int states = kind is "lstm" or "stacked" ? 2 : 1;
        using var run = new LayerRun(layer, [new Shape(null, 3, 2), .. Enumerable.Repeat(new Shape(null, 3), states)]);
        foreach (var sequence in run.Model.Graph.Sequences) sequence.UsesFusedKernels = isFused;
        var start = Values(2, 3);
        var masked = Mask(2, 3, false, true, true, false, false, false);
        var given = run.Run([new(Values(2, 3, 2), masked), .. Enumerable.Repeat(new Signal(start), states)])[0].Tensor;
        Close(given[0, 0], Doubles(start[0]));
        Close(given[1], [.. Enumerable.Repeat(Doubles(start[1]), 3).SelectMany(row => row)]);
        var zero = run.Run([new(Values(2, 3, 2), masked), .. Enumerable.Repeat(new Signal(torch.zeros(2, 3)), states)])[0].Tensor;
        zero[1].abs().sum().item<float>().Should().Be(0);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_masked_sequence_yields_nothing_in_either_direction(bool isFused)
    {
        using var scope = torch.NewDisposeScope();
        using var run = new LayerRun(new Bidirectional(new GRU(2) { ReturnSequences = true }), [new Shape(null, 3, 2)]);
        foreach (var sequence in run.Model.Graph.Sequences) sequence.UsesFusedKernels = isFused;
        var output = run.Run([new(Values(2, 3, 2), Mask(2, 3, true, true, false, false, false, false))])[0];
        output.Tensor[1].abs().sum().item<float>().Should().Be(0);
        output.Tensor[0, 2].abs().sum().item<float>().Should().Be(0);
        output.Tensor[0, 0].abs().min().item<float>().Should().BeGreaterThan(0);
        output.Mask!.data<bool>().ToArray().Should().Equal(true, true, false, false, false, false);
    }

    [Fact]
    public void A_batch_of_masked_steps_alone_leaves_batch_normalisation_finite()
    {
        using var scope = torch.NewDisposeScope();
        using var run = new LayerRun(new TimeDistributed(new BatchNormalization { Momentum = 0.5 }), [new Shape(null, 3, 2)]);
        var output = run.Run([new(Values(2, 3, 2), torch.zeros([2, 3], torch.ScalarType.Bool))], LayerContractTests.Training(1))[0];
        output.Tensor.isfinite().all().item<bool>().Should().BeTrue();
        run.Model.Weights.Single(weight => weight.Name.EndsWith("moving_mean", StringComparison.Ordinal)).ToArray().ToArray<float>()
            .Should().Equal(0, 0);
    }

    private static torch.Tensor Values(params long[] shape)
        => torch.tensor(Numbers[..(int)shape.Aggregate(1L, (a, b) => a * b)]).reshape(shape);

    private static torch.Tensor Mask(long rows, long columns, params bool[] values) => torch.tensor(values).reshape(rows, columns);

    private static double[] Doubles(torch.Tensor x) => x.to(torch.ScalarType.Float64).contiguous().reshape(-1).data<double>().ToArray();

    private static void Close(torch.Tensor actual, params double[] expected)
        => Doubles(actual).Zip(expected)
            .Should().HaveCount(expected.Length).And.OnlyContain(pair => Math.Abs(pair.First - pair.Second) < 1e-5);
}

using DeepGpu.Models;
using DeepGpu.Testing.Numerics;

namespace DeepGpu.Tests.Numerics;

/// <summary>That the comparison finds what a wrong engine does, and that the plain loops' own gradients are right.</summary>
public class NumericFaultTests
{
    private static readonly LiveEngine Engine = new(Device.Cpu);

    public static TheoryData<string> EverydayRows => [.. EverydayCases.All.Keys];

    /// <summary>All but the layer whose gradients take the kernel's norm for a constant, which no finite difference does.</summary>
    public static TheoryData<string> KindRows
        => [.. RandomCases.Kinds.Where(kind => kind != typeof(SpectralNormalization)).Select(kind => kind.Name)];

    [Theory]
    [MemberData(nameof(EverydayRows))]
    public void A_row_of_zeros_in_the_weights_is_reported_for_predictions(string name)
    {
        var c = EverydayCases.All[name];
        NumericTrial.Failure(c, new ZeroRow(predicting: true)).Should().StartWith(c.ToString()).And.Contain("output 0 in prediction").And
            .NotContain("in training");
    }

    [Theory]
    [MemberData(nameof(EverydayRows))]
    public void A_row_of_zeros_in_the_weights_is_reported_for_training(string name)
        => NumericTrial.Failure(EverydayCases.All[name], new ZeroRow(predicting: false)).Should().Contain("output 0 in training").And
            .NotContain("in prediction");

    [Fact]
    public void A_gradient_that_is_wrong_in_one_place_is_reported_with_its_place()
    {
        var c = EverydayCases.All["Conv1D 3 to 24"];
        var wrong = new Changed(result => result with
        {
            InputGradients = [With(result.InputGradients.ElementAtOrDefault(0), 7,
            value => value + 1e-3)]
        });
        NumericTrial.Failure(c, wrong).Should().MatchRegex(@"gradient of input 0 \[7\]: .* difference 0.00(1|0\d+)").And
            .NotContain("output");
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void What_is_no_number_is_reported(double value)
    {
        var wrong = new Changed(result => result with { Outputs = [With(result.Outputs[0], 3, _ => value)!] });
        NumericTrial.Failure(EverydayCases.All["Dense 13 to 17"], wrong).Should().Contain("output 0 in prediction [3]").And
            .Contain("output 0 in training [3]");
    }

    [Fact]
    public void Missing_outputs_and_gradients_are_reported()
    {
        var wrong = new Changed(result => result with { Outputs = result.Outputs.SkipLast(1).ToList(), WeightGradients = [] });
        NumericTrial.Failure(EverydayCases.All["LSTM 1 to 4, sequences"], wrong).Should()
            .Contain("output 2 in prediction: 0 numbers instead of 8").And.Contain("gradient of cell/bias: 0 numbers instead of 16");
    }

    [Fact]
    public void A_right_engine_is_not_reported_and_the_plain_loops_agree_with_themselves()
    {
        var c = EverydayCases.All["LSTM 9 to 100"];
        NumericTrial.Failure(c, Engine).Should().BeNull();
        NumericTrial.Run(c, new PlainLoops()).Should().OnlyContain(difference => difference.Relative == 0);
    }

    [Theory]
    [MemberData(nameof(KindRows))]
    public void The_plain_loops_gradients_are_those_of_finite_differences(string kind)
    {
        var c = Enumerable.Range(0, 50).Select(i => RandomCases.Case(RandomCases.Kinds.Single(type => type.Name == kind), 3, i))
            .First(drawn => drawn.Layer is not BatchNormalization { Renorm: true });
        if (c.Trains && c.Below is null) FiniteDifference.Of(c).Should().BeLessThan(1e-6, "{0}", c);
        else new PlainLoops().Run(c, PlainLoops.NumbersOf(c), isTraining: false).InputGradients.Should()
            .OnlyContain(gradient => gradient == null);
    }

    private static double[]? With(double[]? numbers, int at, Func<double, double> change)
        => numbers?.Select((value, i) => i == at ? change(value) : value).ToArray();

    /// <summary>The engine, with a row of the first kernel lost, as a wrong copy into blocks loses it.</summary>
    private sealed class ZeroRow(bool predicting) : INumericEngine
    {
        public NumericResult Run(NumericCase c, CaseNumbers numbers, bool isTraining)
        {
            var before = numbers.Inputs.Sum(input => input.Length);
            var row = numbers.Weights[0].Spec.Shape[^1];
            var used = isTraining == predicting ? numbers
                : numbers.With((place, number) => place >= before && place < before + row ? 0 : number);
            return Engine.Run(c, used, isTraining) with { WeightsAfter = [.. numbers.Weights.Select(weight => weight.Values)] };
        }
    }

    /// <summary>The engine, with something changed in what it yields.</summary>
    private sealed class Changed(Func<NumericResult, NumericResult> change) : INumericEngine
    {
        public NumericResult Run(NumericCase c, CaseNumbers numbers, bool isTraining) => change(Engine.Run(c, numbers, isTraining));
    }
}

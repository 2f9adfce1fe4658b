using DeepGpu.Models;
using DeepGpu.Tests.Training;
using TorchSharp;

namespace DeepGpu.Tests.Layers;

/// <summary>Every layer under the policies that compute in half precision, on the CPU: weights stay in single precision, so the same seed
/// gives the same ones.</summary>
public class HalfPrecisionTests
{
    /// <summary>How many roundings a prediction may be off by, each of half the format's spacing at the largest value.</summary>
    private const int Roundings = 16;

    private static readonly PrecisionPolicy[] Policies = [PrecisionPolicy.MixedFloat16, PrecisionPolicy.MixedBFloat16];

    public static IEnumerable<ITheoryDataRow> Rows
        => LayerCases.All
            .SelectMany((c, i) => Policies.Select(policy => new TheoryDataRow<int, string, PrecisionPolicy>(i, c.Name, policy)));

    [Theory]
    [MemberData(nameof(Rows))]
    public void Predictions_are_those_of_single_precision_but_for_rounding(int index, string name, PrecisionPolicy policy)
    {
        using var scope = torch.NewDisposeScope();
        var c = LayerContractTests.Case(index, name);
        using var half = new LayerRun(c.Layer, c.Inputs, policy);
        using var single = new LayerRun(c.Layer, c.Inputs);
        var spacing = policy == PrecisionPolicy.MixedFloat16 ? Math.Pow(2, -10) : Math.Pow(2, -7);
        var inputs = Rounded(c, policy);
        foreach (var (near, exact) in half.Run(inputs).Zip(single.Run(inputs)))
        {
            var expected = exact.Tensor.to(torch.ScalarType.Float32);
            var largest = Math.Max(1, expected.abs().max().item<float>());
            (near.Tensor.to(torch.ScalarType.Float32) - expected).abs().max().item<float>()
                .Should().BeLessThanOrEqualTo((float)(Roundings * spacing / 2 * largest));
        }
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_step_of_training_changes_every_weight_to_a_finite_value(int index, string name, PrecisionPolicy policy)
    {
        using var scope = torch.NewDisposeScope();
        var c = LayerContractTests.Case(index, name);
        if (c.YieldsTruth) return;
        var spec = LayerContractTests.Learnable(c);
        using var model = spec.ToModel(Device.Cpu, seed: 1, policy);
        model.Compile(new CompileOptions(Optimizer.Sgd(0.01) with { LossScaleFactor = 64 },
            [.. spec.Outputs.Select(_ => new OutputTraining(Loss.MeanSquaredError()))]));
        var before = model.Weights.Select(weight => weight.ToArray().ToArray<float>()).ToList();
        var inputs = Rounded(c, policy).Select(input => Tensors.ToArray(input.Tensor)).ToList();
        var targets = model.Predict(inputs)
            .Select(output => NDArray.From<float>([.. Enumerable.Repeat(0.7f, (int)output.ElementCount)], [.. output.Shape])).ToList();
        var history = model.Fit(new ArrayData(inputs, targets), new FitOptions { Epochs = 1, BatchSize = 2, Shuffle = false });
        double.IsFinite(history["loss"][0]).Should().BeTrue();
        foreach (var (weight, old) in model.Weights.Zip(before))
        {
            weight.Tensor.dtype.Should().Be(torch.ScalarType.Float32);
            weight.ToArray().ToArray<float>().Should().OnlyContain(value => float.IsFinite(value), weight.Name);
        }

        model.Weights.Zip(before).Should().Contain(pair => !pair.First.ToArray().ToArray<float>().SequenceEqual(pair.Second));
    }

    /// <summary>Inputs that both formats hold exactly, so that only the layer's own rounding is measured.</summary>
    private static List<Signal> Rounded(LayerCase c, PrecisionPolicy policy)
        => [.. LayerContractTests.Inputs(c)
            .Select(input
            => c.Below is null ? input with { Tensor = input.Tensor.to(policy.ComputeType()).to(torch.ScalarType.Float32) } : input)];
}

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
        if (IsRefused(() => new LayerRun(c.Layer, c.Inputs, policy).Dispose(), "int8_in_float16")) return;
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
        if (IsRefused(() => spec.ToModel(Device.Cpu, seed: 1, policy).Dispose(), "int8_in_float16")) return;
        using var model = spec.ToModel(Device.Cpu, seed: 1, policy);
        model.Compile(new CompileOptions(Optimizer.Sgd(0.01) with { LossScaleFactor = 64 },
            [.. spec.Outputs.Select(_ => new OutputTraining(Loss.MeanSquaredError()))]));
        var numbers = model.Weights.Where(weight => weight.Spec.ElementType is null).ToList();
        var before = numbers.Select(weight => weight.ToArray().ToArray<float>()).ToList();
        var inputs = Rounded(c, policy).Select(input => Tensors.ToArray(input.Tensor)).ToList();
        var targets = model.Predict(inputs)
            .Select(output => NDArray.From<float>([.. Enumerable.Repeat(0.7f, (int)output.ElementCount)], [.. output.Shape])).ToList();
        var options = new FitOptions { Epochs = 1, BatchSize = 2, Shuffle = false };
        if (IsRefused(() => model.Fit(new ArrayData(inputs, targets), options), "quantized_layer")) return;
        var history = model.Fit(new ArrayData(inputs, targets), options);
        double.IsFinite(history["loss"][0]).Should().BeTrue();
        foreach (var (weight, old) in numbers.Zip(before))
        {
            weight.Tensor.dtype.Should().Be(torch.ScalarType.Float32);
            weight.ToArray().ToArray<float>().Should().OnlyContain(value => float.IsFinite(value), weight.Name);
        }

        numbers.Zip(before).Should().Contain(pair => !pair.First.ToArray().ToArray<float>().SequenceEqual(pair.Second));
    }

    /// <summary>Whether it is refused, by the error of this code: whole numbers of 8 bits in half precision, and training them.</summary>
    private static bool IsRefused(Action call, string code)
    {
        try
        {
            call();
            return false;
        }
        catch (ModelStateException e) when (e.Fault.Code == code)
        {
            return true;
        }
    }

    /// <summary>Inputs that both formats hold exactly, so that only the layer's own rounding is measured.</summary>
    private static List<Signal> Rounded(LayerCase c, PrecisionPolicy policy)
        => [.. LayerContractTests.Inputs(c)
            .Select(input
            => c.Below is null ? input with { Tensor = input.Tensor.to(policy.ComputeType()).to(torch.ScalarType.Float32) } : input)];
}

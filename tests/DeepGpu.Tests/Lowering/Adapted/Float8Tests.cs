using DeepGpu.Models;
using TorchSharp;

namespace DeepGpu.Tests.Layers;

/// <summary>Products in floating point of 8 bits against a table of all its numbers, and the scales that follow training.</summary>
public class Float8Tests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_value_becomes_the_nearest_number_of_the_format_the_even_one_of_two(bool isInput)
    {
        using var scope = torch.NewDisposeScope();
        var (format, numbers) = isInput ? (Float8Format.E4M3, Numbers(3, 7, 126)) : (Float8Format.E5M2, Numbers(2, 15, 123));
        numbers[^1].Should().Be(format.Largest);
        double[] exact = [.. numbers, .. numbers.Zip(numbers.Skip(1), (a, b) => (a + b) / 2), .. Enumerable.Range(1, 200).Select(i
            => Math.Pow(1.17, i - 100)).Where(v => v <= format.Largest)];
        double[] values = [.. exact, .. exact.Select(v => -v)];
        var rounded = Grid.Of(format.Round(torch.tensor(values, torch.ScalarType.Float32)));
        for (var i = 0; i < values.Length; i++) rounded.Data[i]
            .Should().Be(Nearest((float)values[i], numbers), "{0} is rounded", values[i]);
    }

    [Fact]
    public void Inputs_and_kernel_are_rounded_with_their_scales_and_the_bias_to_bfloat16()
    {
        using var scope = torch.NewDisposeScope();
        var numbers = Numbers(3, 7, 126);
        using var run = new LayerRun(new Dense(2).Quantize(new Float8Quantization { AmaxHistoryLength = 3 }), [new Shape(null, 3)]);
        var (x, kernel) = (Grid.Random(1, 3, 3), Grid.Random(2, 3, 2));
        run.Load([Single(kernel), NDArray.From<float>([1.23456f, -0.1f], 2), One(0.01f), Zeros(3), One(0.25f), Zeros(3), One(1), Zeros(3)]);
        var output = Grid.Of(run.Run([new(x.ToTensor().to(torch.ScalarType.Float32))])[0].Tensor);
        double[] bias = [1.234375, -0.10009765625];
        foreach (var at in Grid.Places(3, 2))
        {
            var sum = Enumerable.Range(0, 3).Sum(k => Rounded(x[at[0], k], 0.01f, numbers) * Rounded(kernel[k, at[1]], 0.25f, numbers));
            output[at].Should().BeApproximately(sum + bias[at[1]], 1e-6);
        }
    }

    /// <summary>The loop of two steps: each rounds with the scales it finds, then sets the next from the largest values of the steps before
    /// it.</summary>
    [Fact]
    public void Scales_follow_the_largest_values_of_the_steps_before()
    {
        using var model = Sequential.Input(3).Dense(2, name: "d").Build().ToModel(Device.Cpu, seed: 1);
        model.Quantize(new Float8Quantization { AmaxHistoryLength = 3 });
        model.Compile(Optimizer.Sgd(0.5), Loss.MeanSquaredError());
        var data = Dataset.FromArrays(NDArray.From<float>([1, -7, 2, 3, 0.5f, 1], 2, 3), NDArray.From<float>([1, 2, 3, 4], 2, 2));
        float[] Values(string name) => model.Weights.Single(weight => weight.Name == $"d/{name}").ToArray().ToArray<float>();
        var kernels = new List<float>();
        for (var step = 0; step < 3; step++)
        {
            kernels.Add(Values("kernel").Max(Math.Abs));
            model.TrainOnBatch(data);
            Values("inputs_amax_history").Should().Equal(7, step > 1 ? 7 : 0, step > 0 && step < 2 ? 7 : step > 1 ? 7 : 0);
            Values("inputs_scale").Should().Equal(step == 0 ? 1 : 7f / 448);
            Values("kernel_amax_history")[0].Should().Be(kernels[^1]);
            Values("kernel_scale")[0].Should().BeApproximately(step == 0 ? 1 : kernels.SkipLast(1).Max() / 448, 1e-9f);
        }

        Values("outputs_grad_scale")[0].Should().BeInRange(1e-9f, 0.1f);
        Values("outputs_grad_amax_history")[0].Should().BePositive();
    }

    [Fact]
    public void Training_lowers_the_loss()
    {
        using var model = Sequential.Input(6).Dense(8, Activation.Relu).Dense(2).Build().ToModel(Device.Cpu, seed: 1);
        model.Quantize(Quantization.Float8);
        model.Compile(Optimizer.Adam(0.02), Loss.MeanSquaredError());
        var x = Grid.Random(1, 32, 6);
        var y = new Grid(32, 2);
        foreach (var at in Grid.Places(32, 2)) y[at] = x[at[0], at[1]] - 0.5 * x[at[0], 3];
        var history = model.Fit(Dataset.FromArrays(Single(x), Single(y)), epochs: 40, batchSize: 8);
        history["loss"][^1].Should().BeLessThan(history["loss"][0] / 5);
    }

    /// <summary>Every number of a format from 0 up: mantissa bits, bias of the exponent, code of the largest number.</summary>
    private static double[] Numbers(int mantissa, int bias, int largest) => [.. Enumerable.Range(0, largest + 1).Select(code =>
    {
        var (exponent, fraction) = (code >> mantissa, (code & ((1 << mantissa) - 1)) / (double)(1 << mantissa));
        return exponent == 0 ? fraction * Math.ScaleB(1, 1 - bias) : (1 + fraction) * Math.ScaleB(1, exponent - bias);
    })];

    private static double Nearest(double value, double[] numbers)
    {
        var code = Enumerable.Range(0, numbers.Length).MinBy(i => (Math.Abs(numbers[i] - Math.Abs(value)), i % 2));
        return Math.Sign(value) * numbers[code];
    }

    private static double Rounded(double value, float scale, double[] numbers)
        => Nearest(Math.Clamp((float)value / scale, -448, 448), numbers) * scale;

    private static NDArray One(float value) => NDArray.From<float>([value]);

    private static NDArray Zeros(int length) => NDArray.Zeros(DataType.Float32, length);

    private static NDArray Single(Grid grid) => NDArray.From<float>([.. grid.Data.Select(value => (float)value)], grid.Shape);
}

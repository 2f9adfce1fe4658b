using DeepGpu.Lowering;
using DeepGpu.Models;
using DeepGpu.Operations;
using TorchSharp;

namespace DeepGpu.Tests.Runtime;

/// <summary>Layers that came out wrong wherever an engine did, against plain loops in double precision.</summary>
public class EngineNumbersTests
{
    private const double Tolerance = 1e-5;

    [Fact]
    public void Small_convolutions_and_LSTMs_predict_the_numbers_of_plain_loops()
    {
        foreach (var (channels, filters, kernel) in new[] { (3, 24, 3), (32, 1, 3), (10, 20, 2) })
        {
            using var model = Sequential.Input(7, channels).Conv1D(filters, kernel).Build().ToModel(Device.Cpu, seed: 3);
            Check(model, Wave(2, 7, channels), x => Convolve(x, Numbers(model.Weights[0]), channels, filters, kernel));
        }

        foreach (var (features, units) in new[] { (1, 4), (9, 100) })
        {
            using var model = Sequential.Input(3, features).LSTM(units).Build().ToModel(Device.Cpu, seed: 3);
            Check(model, Wave(2, 3, features), x => Recur(x, [.. model.Weights.Select(Numbers)], features, units));
        }
    }

    /// <summary>What child processes are asked for.</summary>
    [Fact]
    public void The_check_leaves_no_wrong_computation()
    {
        var report = TorchRuntime.CheckEngine();
        Console.WriteLine($"engine: {report.Engine.Remedy}, from cache: {report.Engine.IsFromCache}");
        report.IsUsable.Should().BeTrue();
        report.Engine.Checked.Should().Be(EngineComputations.All);
        report.Problems.Any(problem => problem.Code == "wrong_numbers_remedied").Should().Be(report.Engine.Remedy != EngineRemedy.None);
    }

    private static void Check(Model model, NDArray x, Func<float[], double[]> expected)
    {
        for (var run = 0; run < 2; run++)
        {
            var exact = expected(x.ToArray<float>());
            foreach (var numbers in new[] { model.Predict(x).ToArray<float>(), OfTorch(model, x) })
                numbers.Zip(exact, (actual, right) => Math.Abs(actual - right)).Max().Should().BeLessThan(Tolerance);
        }
    }

    /// <summary>The same by torch's kernels, which other layers and training use.</summary>
    private static float[] OfTorch(Model model, NDArray x)
    {
        using var scope = torch.NewDisposeScope();
        using var noGradient = torch.no_grad();
        var input = Tensors.From(x, torch.CPU);
        var output = model.Graph.Sequences.Any() ? Lstm(model, input) : model.Graph.Run([new(input)], ForwardContext.Inference)[0].Tensor;
        return Tensors.ToArray(output).ToArray<float>();
    }

    private static torch.Tensor Lstm(Model model, torch.Tensor input)
    {
        torch.Tensor[] weights = [.. model.Weights.Select(weight => weight.Tensor), torch.zeros_like(model.Weights[2].Tensor)];
        var zero = torch.zeros(input.shape[0], weights[1].shape[1]);
        return FusedRecurrence.Run(FusedKernel.Lstm, input, [zero, zero], weights, new(All: false, IsTraining: false)).Output;
    }

    /// <summary>x (2, 7, channels), kernel (kernel, channels, filters).</summary>
    private static double[] Convolve(float[] x, double[] w, int channels, int filters, int kernel)
    {
        var length = 7 - kernel + 1;
        return [.. from sample in Range(2) from at in Range(length) from filter in Range(filters)
                   select (from k in Range(kernel) from c in Range(channels)
                           select x[(sample * 7 + at + k) * channels + c] * w[(k * channels + c) * filters + filter]).Sum()];
    }

    /// <summary>x (2, 3, features); gates in Keras's order: input, forget, cell, output.
    /// Biases are 0 but the forget gate's, which is 1.</summary>
    private static double[] Recur(float[] x, double[][] weights, int features, int units)
    {
        var output = new List<double>();
        foreach (var sample in Range(2))
        {
            var (h, c) = (new double[units], new double[units]);
            foreach (var step in Range(3))
                (h, c) = Step(x[((sample * 3 + step) * features)..((sample * 3 + step + 1) * features)], h, c, weights, units);
            output.AddRange(h);
        }

        return [.. output];
    }

    private static (double[] Output, double[] Cell) Step(float[] x, double[] h, double[] c, double[][] w, int units)
    {
        double Gate(int gate, int unit) => w[2][gate * units + unit]
            + x.Select((value, feature) => value * w[0][feature * 4 * units + gate * units + unit]).Sum()
            + h.Select((value, from) => value * w[1][from * 4 * units + gate * units + unit]).Sum();
        double[] cell = [.. Range(units).Select(u => Sigmoid(Gate(1, u)) * c[u] + Sigmoid(Gate(0, u)) * Math.Tanh(Gate(2, u)))];
        return ([.. Range(units).Select(u => Sigmoid(Gate(3, u)) * Math.Tanh(cell[u]))], cell);
    }

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

    private static double[] Numbers(LiveWeight weight) => [.. weight.ToArray().ToArray<float>().Select(value => (double)value)];

    private static NDArray Wave(params int[] shape)
        => NDArray.From<float>([.. Range(shape.Aggregate((a, b) => a * b)).Select(i => (float)Math.Sin(0.739 * i + 0.3))], shape);

    private static IEnumerable<int> Range(int count) => Enumerable.Range(0, count);
}

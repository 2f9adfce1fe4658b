using DeepGpu.Models;
using TorchSharp;

namespace DeepGpu.Tests.Training;

/// <summary>Steps on one weight against Keras's formulas, worked out in double precision.</summary>
public class OptimizerTests
{
    private static readonly double[] Gradients = [0.5, -1.25, 2, 0, 0.001];

    [Fact]
    public void Adam_adds_epsilon_outside_the_bias_correction()
    {
        var (m, v) = (0.0, 0.0);
        Check(new Adam { LearningRate = 0.1, Epsilon = 0.01 }, (w, g, t) =>
        {
            m = 0.9 * m + 0.1 * g;
            v = 0.999 * v + 0.001 * g * g;
            return w - 0.1 * Math.Sqrt(1 - Math.Pow(0.999, t)) / (1 - Math.Pow(0.9, t)) * m / (Math.Sqrt(v) + 0.01);
        });
    }

    [Fact]
    public void Sgd_follows_the_gradient() => Check(Optimizer.Sgd(0.1), (w, g, _) => w - 0.1 * g);

    [Fact]
    public void Momentum_repeats_a_share_of_the_last_step()
    {
        var m = 0.0;
        Check(Optimizer.Sgd(0.1, momentum: 0.9), (w, g, _) => w + (m = 0.9 * m - 0.1 * g));
    }

    private static void Check(Optimizer optimizer, Func<double, double, int, double> formula)
    {
        TorchRuntime.Start();
        using var scope = torch.NewDisposeScope();
        using var weight = new LiveWeight("w", new WeightSpec("w", [1], Initializer.Ones), torch.ones(1), WeightLayout.AsKeras, isTrainable: true);
        using var stepper = OptimizerStepper.Create(optimizer, [weight]);
        var expected = 1.0;
        for (var step = 1; step <= Gradients.Length; step++)
        {
            weight.Tensor.grad = torch.tensor(new[] { (float)Gradients[step - 1] });
            stepper.Step();
            expected = formula(expected, Gradients[step - 1], step);
            weight.Tensor.item<float>().Should().BeApproximately((float)expected, 1e-6f, $"step {step}");
        }
    }
}

using DeepGpu.Models;
using TorchSharp;

namespace DeepGpu.Tests.Training;

/// <summary>Steps on a weight against the optimizers' formulas, worked out in double precision.</summary>
public class FormulaTests
{
    private static readonly double[] Gradients = [0.5, -1.25, 2, 0, 0.001, -0.3, 4];

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
    public void AdamW_takes_the_decay_off_before_the_step()
    {
        var (m, v) = (0.0, 0.0);
        Check(new AdamW { LearningRate = 0.1, WeightDecay = 0.3 }, (w, g, t) =>
        {
            m = 0.9 * m + 0.1 * g;
            v = 0.999 * v + 0.001 * g * g;
            return w - w * 0.3 * 0.1 - 0.1 * Math.Sqrt(1 - Math.Pow(0.999, t)) / (1 - Math.Pow(0.9, t)) * m / (Math.Sqrt(v) + 1e-7);
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

    [Fact]
    public void Nesterov_looks_ahead()
    {
        var m = 0.0;
        Check(Optimizer.Sgd(0.1, momentum: 0.9, nesterov: true), (w, g, _) => w + 0.9 * (m = 0.9 * m - 0.1 * g) - 0.1 * g);
    }

    [Fact]
    public void RMSprop_with_momentum_repeats_a_share_of_the_last_step()
    {
        var (v, m) = (0.0, 0.0);
        Check(Optimizer.RMSprop(0.01, momentum: 0.8), (w, g, _) =>
        {
            v = 0.9 * v + 0.1 * g * g;
            return w - (m = 0.8 * m + 0.01 * g / Math.Sqrt(v + 1e-7));
        });
    }

    [Fact]
    public void Lamb_steps_in_proportion_to_the_weights_norm()
    {
        var (m, v) = (0.0, 0.0);
        Check(Optimizer.Lamb(0.1), (w, g, t) =>
        {
            m = 0.9 * m + 0.1 * g;
            v = 0.999 * v + 0.001 * g * g;
            var update = m / (1 - Math.Pow(0.9, t)) / (Math.Sqrt(v / (1 - Math.Pow(0.999, t))) + 1e-7);
            return w - 0.1 * update * (w != 0 && update != 0 ? Math.Abs(w) / Math.Abs(update) : 1);
        });
    }

    [Fact]
    public void Ftrl_computes_the_weight_from_its_sums()
    {
        var (sum, linear) = (0.1, 0.0);
        var options = new Ftrl
        {
            LearningRate = 0.2,
            LearningRatePower = -0.4,
            L1RegularizationStrength = 0.02,
            L2RegularizationStrength = 0.03,
            L2ShrinkageRegularizationStrength = 0.04,
            Beta = 0.5
        };
        Check(options, (w, g, _) =>
        {
            var (old, l2) = (sum, 0.03 + 0.5 / (2 * 0.2));
            sum += g * g;
            linear += g + 2 * 0.04 * w - (Math.Pow(sum, 0.4) - Math.Pow(old, 0.4)) / 0.2 * w;
            return (Math.Clamp(linear, -0.02, 0.02) - linear) / (Math.Pow(sum, 0.4) / 0.2 + 2 * l2);
        });
    }

    [Fact]
    public void Adafactor_keeps_rows_and_columns_of_a_matrix_as_Keras_lays_it_out()
    {
        var reference = new AdafactorReference([1, 2, 3, 4, 5, 6], rows: 2, columns: 3);
        using var scope = torch.NewDisposeScope();
        using var weights = new TestWeights(TestWeights.Of("w", torch.arange(1, 7, torch.ScalarType.Float32).reshape(2, 3),
            layout: WeightLayout.Transposed));
        using var stepper = OptimizerStepper.Create(Optimizer.Adafactor(0.5), weights);
        for (var step = 1; step <= 5; step++)
        {
            double[] gradient = [0.1 * step, -0.2, 0.3, 1, -2, 3.0 / step];
            weights[0].Tensor.grad = torch.tensor(gradient, [2, 3], torch.ScalarType.Float32).t().contiguous();
            stepper.Step();
            Near(weights.Elements(), reference.Step(gradient, step, 0.5));
        }
    }

    [Fact]
    public void A_fused_step_follows_a_kernel_in_channels_last_format()
    {
        using var scope = torch.NewDisposeScope();
        using var weights = new TestWeights(TestWeights.Of("w", torch.ones(3, 3, 2, 5), layout: new WeightLayout([3, 2, 0, 1])));
        using var stepper = OptimizerStepper.Create(Optimizer.Adam(0.1), weights);
        var factors = torch.arange(90, torch.ScalarType.Float32).reshape(5, 2, 3, 3) - 45;
        (weights[0].Tensor * factors).sum().backward();
        stepper.Step();
        weights[0].Tensor.allclose(1 - 0.1 * factors.sign(), atol: 1e-5).Should().BeTrue("the first step of Adam has the size of the rate");
    }

    private static void Check(Optimizer optimizer, Func<double, double, int, double> formula)
    {
        using var scope = torch.NewDisposeScope();
        using var weights = new TestWeights(TestWeights.Of("w", torch.ones(1)));
        using var stepper = OptimizerStepper.Create(optimizer, weights);
        var expected = 1.0;
        for (var step = 1; step <= Gradients.Length; step++)
        {
            weights.SetGradients(Gradients[step - 1]);
            stepper.Step();
            expected = formula(expected, Gradients[step - 1], step);
            Near(weights.Elements(), [expected]);
        }
    }

    private static void Near(double[] actual, double[] expected)
        => actual.Zip(expected)
            .Should().OnlyContain(pair => Math.Abs(pair.First - pair.Second) <= 2e-6 * Math.Max(1, Math.Abs(pair.Second)));

    /// <summary>The paper's formulas for a matrix.</summary>
    private sealed class AdafactorReference(double[] weights, int rows, int columns)
    {
        private readonly double[] _row = new double[rows];
        private readonly double[] _column = new double[columns];

        public double[] Step(double[] gradient, int step, double rate)
        {
            var beta = 1 - Math.Pow(step, -0.8);
            for (var r = 0; r < rows; r++)
                _row[r] = beta * _row[r] + (1 - beta) * Enumerable.Range(0, columns).Average(c => Square(gradient[r * columns + c]));
            for (var c = 0; c < columns; c++)
                _column[c] = beta * _column[c] + (1 - beta) * Enumerable.Range(0, rows).Average(r => Square(gradient[r * columns + c]));
            var update = gradient.Select((g, i) => g / Math.Sqrt(_row[i / columns] / _row.Average() * _column[i % columns])).ToArray();
            var size = Math.Max(1e-3, Rms(weights)) * Math.Min(rate, 1 / Math.Sqrt(step)) / Math.Max(1, Rms(update));
            for (var i = 0; i < weights.Length; i++) weights[i] -= size * update[i];
            return weights;
        }

        private static double Square(double g) => g * g + 1e-30;

        private static double Rms(double[] values) => Math.Sqrt(values.Average(v => v * v));
    }
}

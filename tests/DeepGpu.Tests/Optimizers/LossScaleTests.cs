using DeepGpu.Models;
using TorchSharp;

namespace DeepGpu.Tests.Training;

public class LossScaleTests
{
    [Fact]
    public void A_gradient_that_is_not_finite_leaves_the_step_out_and_halves_the_scale()
    {
        foreach (var bad in new[] { float.NaN, float.PositiveInfinity, float.NegativeInfinity })
        {
            using var weights = Ones();
            using var stepper = OptimizerStepper.Create(new Sgd { LearningRate = 1, Momentum = 0.9 }.WithLossScaling(), weights);
            weights[0].Tensor.grad = torch.tensor(new[] { 1, bad });
            stepper.Step().Should().BeFalse();
            weights.Elements().Should().Equal(1, 1);
            (stepper.LossScale.Factor, stepper.Iterations, stepper.LossScale.FiniteSteps).Should().Be((16384, 0, 0));
            stepper.Save().Arrays.Values.Single().ToArray<float>().Should().Equal(0, 0);
        }
    }

    [Fact]
    public void Finite_gradients_are_divided_by_the_scale_which_doubles_after_enough_of_them()
    {
        using var weights = Ones();
        using var stepper = OptimizerStepper.Create(new LossScaleOptimizer(Optimizer.Sgd(1)) { InitialScale = 8, DynamicGrowthSteps = 2 },
            weights);
        double[] scales = [8, 16, 16, 32];
        foreach (var after in scales)
        {
            weights.SetGradients(stepper.LossScale.Factor / 8);
            stepper.Step().Should().BeTrue();
            stepper.LossScale.Factor.Should().Be(after);
        }

        weights.Elements().Should().Equal(1 - 4 * 0.125, 1 - 4 * 0.25);
    }

    [Fact]
    public void A_fixed_factor_is_taken_out_again()
    {
        using var weights = Ones();
        using var stepper = OptimizerStepper.Create(new Sgd { LearningRate = 1, LossScaleFactor = 4 }, weights);
        using (var loss = torch.tensor(2f)) using (var scaled = stepper.LossScale.Apply(loss, 0.5)) scaled.item<float>().Should().Be(4);
        weights.SetGradients(1);
        stepper.Step();
        weights.Elements().Should().Equal(0.75, 0.5);
    }

    [Fact]
    public void A_half_precision_loss_is_scaled_in_single_precision()
    {
        using var scope = torch.NewDisposeScope();
        var scale = new LossScale(Optimizer.Adam().WithLossScaling());
        scale.Apply(torch.tensor(3f).half(), 1).item<float>().Should().Be(3 * 32768f);
    }

    [Theory]
    [InlineData(PrecisionPolicy.MixedFloat16, true)]
    [InlineData(PrecisionPolicy.MixedBFloat16, false)]
    [InlineData(PrecisionPolicy.Float32, false)]
    public void Mixed_half_precision_scales_the_loss_by_itself_and_learns(PrecisionPolicy policy, bool adapts)
    {
        var (train, _) = Datasets.GeneratedDigits(256, 1);
        using var model = Mixed(policy, new Adam { LearningRate = 0.005 });
        var scales = new List<double>();
        var history = model.Fit(train, new FitOptions
        {
            Epochs = 4,
            Callbacks = [new Watch(stepper => { stepper.LossScale.Adapts.Should().Be(adapts); scales.Add(stepper.LossScale.Factor); })]
        });
        history["loss"][^1].Should().BeLessThan(history["loss"][0]);
        scales[0].Should().Be(adapts ? 32768 : 1);
        model.Weights.Should().OnlyContain(weight => weight.Tensor.dtype == torch.ScalarType.Float32, "variables stay in single precision");
    }

    [Fact]
    public void A_fixed_factor_or_a_switch_keeps_the_scale_from_adapting()
    {
        var (train, _) = Datasets.GeneratedDigits(32, 1);
        using var model = Mixed(PrecisionPolicy.MixedFloat16, new Adam { LossScaleFactor = 128 });
        model.Fit(train, new FitOptions
        {
            Callbacks = [new Watch(stepper => (stepper.LossScale.Adapts, stepper.LossScale.Factor).Should().Be((false, 128)))]
        });
        model.Compile(new CompileOptions(new Adam(), [new OutputTraining(Loss.SparseCategoricalCrossentropy())]) { AutoScaleLoss = false });
        model.Fit(train, new FitOptions
        {
            Callbacks = [new Watch(stepper => (stepper.LossScale.Adapts, stepper.LossScale.Factor).Should().Be((false, 1)))]
        });
    }

    [Fact]
    public void A_scale_that_overflows_is_halved_and_stops_nothing()
    {
        var (train, _) = Datasets.GeneratedDigits(64, 1);
        using var model = Mixed(PrecisionPolicy.MixedFloat16, new LossScaleOptimizer(new Adam()) { InitialScale = 1e9 });
        var scale = 0.0;
        model.Fit(train, new FitOptions
        {
            NonFinite = NonFinitePolicy.Throw,
            Epochs = 20,
            Callbacks = [new Watch(stepper => scale = stepper.LossScale.Factor)]
        });
        scale.Should().BeLessThan(1e9);
        model.Weights.SelectMany(weight => weight.ToArray().ToArray<float>()).Should().OnlyContain(w => float.IsFinite(w));
    }

    private static TestWeights Ones()
    {
        using var scope = torch.NewDisposeScope();
        return new(TestWeights.Of("w/kernel", torch.ones(2)));
    }

    private static Model Mixed(PrecisionPolicy policy, Optimizer optimizer)
    {
        var model = Sequential.Input(28, 28, 1).Flatten().Dense(16, Activation.Relu).Dense(10).Build("mixed")
            .ToModel(Device.Cpu, seed: 1, policy);
        model.Compile(optimizer, Loss.SparseCategoricalCrossentropy(fromLogits: true));
        return model;
    }

    private sealed class Watch(Action<OptimizerStepper> see) : Callback
    {
        public override void OnBatchBegin(TrainingContext context) => see(context.Session.Compiled.Stepper);
    }
}

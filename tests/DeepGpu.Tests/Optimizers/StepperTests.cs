using DeepGpu.Models;
using TorchSharp;

namespace DeepGpu.Tests.Training;

/// <summary>What every optimizer does around its rule.</summary>
public class StepperTests
{
    /// <summary>Every optimizer, each of its branches once.</summary>
    public static TheoryData<string> Rules => [.. All.Keys];

    private static readonly Dictionary<string, Optimizer> All = new Optimizer[]
    {
        new Adadelta(), new Adafactor(), new Adagrad(), new Adam(), new Adam { AmsGrad = true },
        new AdamW { ExcludeFromWeightDecay = ["w1"] }, new Adamax(), new Ftrl { L1RegularizationStrength = 0.01 },
        new Lamb { ClipNorm = 1 }, new Lion { GlobalClipNorm = 1 }, new Nadam(), new RMSprop(),
        new RMSprop { Momentum = 0.5, Centered = true, ClipValue = 1 }, new Sgd(), new Sgd { Momentum = 0.9 },
        new Sgd { Momentum = 0.9, Nesterov = true, LayerRates = [new("w1", 0.1)] },
        new Adam { UseEma = true, EmaOverwriteFrequency = 3, GradientAccumulationSteps = 2 }.WithLossScaling(),
        new Adam { LearningRate = new ExponentialDecay(0.1, 2, 0.5) }, new ScheduleFreeAdamW { WarmupSteps = 3, WeightDecay = 0.1 },
        new Muon(), new Muon { ExcludeLayers = ["w0"], Nesterov = false, RmsRate = null },
        new Muon { GradientAccumulationSteps = 2, UseEma = true },
    }.Select((optimizer, i) => (Key: $"{i} {optimizer.GetType().Name}", optimizer)).ToDictionary(pair => pair.Key, pair => pair.optimizer);

    [Fact]
    public void Every_optimizer_is_in_the_list_of_these_tests()
        => All.Values.Select(optimizer => optimizer.GetType()).Distinct().Should()
            .BeEquivalentTo(typeof(Optimizer).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Optimizer)) && !type.IsAbstract));

    [Theory, MemberData(nameof(Rules))]
    public void A_restored_state_continues_to_the_same_bytes(string rule)
    {
        using var whole = new OptimizerRun(All[rule]);
        whole.Steps(0, 7);
        using var first = new OptimizerRun(All[rule]);
        first.Steps(0, 4);
        using var second = new OptimizerRun(All[rule], first.Weights);
        second.Stepper.Restore(first.Stepper.Save());
        second.Steps(4, 7);
        Bytes(second.Weights).Should().Equal(Bytes(whole.Weights));
        var (actual, expected) = (second.Stepper.Save(), whole.Stepper.Save());
        (actual with { Arrays = expected.Arrays }).Should().Be(expected);
        foreach (var (name, array) in expected.Arrays) actual.Arrays[name].Bytes.ToArray().Should().Equal(array.Bytes.ToArray(), name);
    }

    [Theory, MemberData(nameof(Rules))]
    public void Every_step_leaves_no_tensor_alive(string rule)
    {
        new OptimizerRun(All[rule]).Dispose();
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        using (var run = new OptimizerRun(All[rule]))
        {
            var during = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
            run.Steps(0, 20);
            run.Stepper.Restore(run.Stepper.Save());
            DisposeScopeManager.Statistics.ThreadTotalLiveCount.Should().Be(during);
        }

        DisposeScopeManager.Statistics.ThreadTotalLiveCount.Should().Be(before);
    }

    [Theory, MemberData(nameof(Rules))]
    public void The_state_has_the_bytes_that_forecasts_count(string rule)
    {
        using var run = new OptimizerRun(All[rule]);
        if (All[rule] is Adafactor or Muon) return; // rows and columns are not counted by the weight, nor what goes by Adam
        var bytes = run.Stepper.Save().Arrays.Values.Sum(array => array.Bytes.Length);
        bytes.Should().Be(All[rule].StateBytesPerParameter * run.Weights.Sum(weight => (int)weight.Tensor.numel()));
    }

    [Fact]
    public void Weight_decay_leaves_excluded_weights_alone()
    {
        using var run = new OptimizerRun(new Sgd { LearningRate = 0.1, WeightDecay = 0.5, ExcludeFromWeightDecay = ["w1"] });
        run.Weights.SetGradients(0);
        run.Stepper.Step();
        run.Weights[0].ToArray().ToArray<float>().Should().AllSatisfy(w => w.Should().BeApproximately(0.95f, 1e-6f));
        run.Weights[1].ToArray().ToArray<float>().Should().AllBeEquivalentTo(1f);
    }

    [Fact]
    public void Accumulated_gradients_change_the_weights_by_their_mean_at_the_last_step()
    {
        using var run = new OptimizerRun(new Sgd { LearningRate = 0.1, GradientAccumulationSteps = 3, ClipValue = 2.5 });
        double[] gradients = [3, 1, 5];
        foreach (var gradient in gradients)
        {
            run.Weights[0].Tensor[0, 0].item<float>().Should().Be(1);
            run.Weights.SetGradients(gradient);
            run.Stepper.Step();
        }

        run.Weights[0].Tensor[0, 0]
            .item<float>().Should().BeApproximately(1 - 0.1f * 2.5f, 1e-6f, "the mean of 3 is clipped, not each gradient");
        run.Stepper.Iterations.Should().Be(1);
    }

    [Fact]
    public void A_schedule_counts_steps_that_only_accumulate()
    {
        using var run = new OptimizerRun(new Sgd { LearningRate = new ExponentialDecay(1, 1, 0.5), GradientAccumulationSteps = 2 });
        run.Steps(0, 3);
        run.Stepper.LearningRate.Should().Be(0.125);
        run.Stepper.Iterations.Should().Be(1);
    }

    [Fact]
    public void Averages_begin_as_the_first_weights_and_overwrite_as_often_as_asked()
    {
        using var run = new OptimizerRun(new Sgd { LearningRate = 0.1, UseEma = true, EmaMomentum = 0.75, EmaOverwriteFrequency = 3 });
        var (weight, average) = (1.0, 0.0);
        for (var step = 1; step <= 7; step++)
        {
            run.Weights.SetGradients(step);
            run.Stepper.Step();
            weight -= 0.1 * step;
            average = step == 1 ? weight : 0.75 * average + 0.25 * weight;
            if (step % 3 == 0) weight = average;
            run.Weights[0].Tensor[0, 0].item<float>().Should().BeApproximately((float)weight, 2e-6f, $"step {step}");
        }

        run.Stepper.SwapAverages();
        run.Weights[0].Tensor[0, 0].item<float>().Should().BeApproximately((float)average, 2e-6f);
        run.Stepper.SwapAverages();
        run.Weights[0].Tensor[0, 0].item<float>().Should().BeApproximately((float)weight, 2e-6f);
        run.Stepper.Finish();
        run.Weights[0].Tensor[0, 0].item<float>().Should().BeApproximately((float)average, 2e-6f);
    }

    [Fact]
    public void A_layers_factor_multiplies_its_rate_and_the_longest_name_wins()
    {
        using var scope = torch.NewDisposeScope();
        using var weights = new TestWeights([.. new[] { "conv/kernel", "conv_1/kernel", "block1_conv/kernel",
            "block1_pool/kernel", "dense/kernel" }
            .Select(name => TestWeights.Of(name, torch.ones(1)))]);
        using var stepper = OptimizerStepper.Create(
            new Sgd { LearningRate = 1, WeightDecay = 0.5, LayerRates = [new("conv", 0.5), new("block1_*", 0.25), new("block1_conv", 2)] },
            weights);
        weights.SetGradients(1);
        stepper.Step();
        double[] factors = [0.5, 1, 2, 0.25, 1];
        weights.Elements().Should().Equal(factors.Select(factor => 1 - factor * 0.5 - factor));
    }

    [Fact]
    public void A_factor_for_no_layer_is_refused()
        => FluentActions.Invoking(() => new OptimizerRun(new Adam { LayerRates = [new("dense", 0.1)] }))
            .Should().Throw<DeepGpuArgumentException>().Which.Fault.Should()
            .Match<Fault>(f => f.Code == "unknown_layer" && f.Received == "but no weight is of 'dense': there are w0, w1.");

    [Fact]
    public void A_weight_without_gradient_stays_as_it_is()
    {
        using var run = new OptimizerRun(new AdamW());
        run.Steps(0, 1);
        var before = Bytes([run.Weights[1]]);
        run.Stepper.ClearGradients();
        run.Weights[0].Tensor.grad = torch.ones_like(run.Weights[0].Tensor);
        run.Stepper.Step();
        Bytes([run.Weights[1]]).Should().Equal(before);
    }

    [Fact]
    public void A_step_without_any_gradient_is_refused()
    {
        using var run = new OptimizerRun(new Adam());
        FluentActions.Invoking(() => run.Stepper.Step()).Should().Throw<ModelStateException>().Which.Fault.Code.Should().Be("no_gradient");
    }

    [Fact]
    public void A_frozen_weight_has_no_state()
    {
        using var scope = torch.NewDisposeScope();
        using var weights = new TestWeights(TestWeights.Of("a/kernel", torch.ones(2)),
            TestWeights.Of("b/kernel", torch.ones(2), isTrainable: false));
        using var stepper = OptimizerStepper.Create(new Adam(), weights);
        stepper.Save().Arrays.Keys.Should().BeEquivalentTo("a/kernel/momentum", "a/kernel/velocity");
    }

    [Fact]
    public void A_set_rate_replaces_the_schedule()
    {
        using var run = new OptimizerRun(new Sgd { LearningRate = new ExponentialDecay(1, 1, 0.5) });
        run.Stepper.IsScheduled.Should().BeTrue();
        run.Stepper.LearningRate = 0.125;
        run.Steps(0, 2);
        run.Stepper.LearningRate.Should().Be(0.125);
        run.Stepper.IsScheduled.Should().BeFalse();
    }

    [Fact]
    public void A_schedule_that_yields_no_rate_is_named()
    {
        using var run = new OptimizerRun(new Sgd { LearningRate = new Broken() });
        FluentActions.Invoking(() => run.Steps(0, 1))
            .Should().Throw<ModelStateException>().Which.Fault.Received.Should().Be("but the schedule Broken gives NaN at step 0.");
    }

    [Fact]
    public void A_state_of_another_optimizer_is_refused_and_changes_nothing()
    {
        using var adam = new OptimizerRun(new Adam());
        using var sgd = new OptimizerRun(new Sgd { Momentum = 0.9 });
        adam.Steps(0, 2);
        sgd.Steps(0, 3);
        var before = sgd.Stepper.Save();
        FluentActions.Invoking(() => sgd.Stepper.Restore(adam.Stepper.Save()))
            .Should().Throw<DeepGpuArgumentException>().Which.Fault.Code.Should().Be("optimizer_state");
        FluentActions.Invoking(() => adam.Stepper.Restore(before)).Should().Throw<DeepGpuArgumentException>();
        sgd.Stepper.Save().Steps.Should().Be(3);
    }

    [Fact]
    public void A_rate_of_zero_changes_no_weight()
    {
        foreach (var optimizer in All.Values.Where(optimizer => optimizer is not LossScaleOptimizer))
        {
            using var run = new OptimizerRun(optimizer with { LearningRate = new LinearWarmup(0.1, 10) });
            run.Steps(0, 1);
            run.Weights.Elements().Should().AllBeEquivalentTo(1.0, optimizer.GetType().Name);
        }
    }

    private static byte[] Bytes(IEnumerable<LiveWeight> weights) => [.. weights.SelectMany(weight => weight.ToArray().Bytes.ToArray())];

    private sealed record Broken : LearningRateSchedule
    {
        public override double At(long step) => double.NaN;
    }
}

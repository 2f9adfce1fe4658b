using DeepGpu.Models;
using TorchSharp;

namespace DeepGpu.Tests.Training;

/// <summary>ScheduleFreeAdamW: its rule in double precision, and its average in the weights' place.</summary>
public sealed class ScheduleFreeTests : IDisposable
{
    private static readonly (Dataset Train, Dataset Validation) Data = Datasets.GeneratedDigits(64, 32);

    private readonly string _folder = Directory.CreateTempSubdirectory("deepgpu-free-").FullName;

    public static TheoryData<ScheduleFreeAdamW> Options => new(
        new ScheduleFreeAdamW { LearningRate = 0.1 },
        new ScheduleFreeAdamW { LearningRate = 0.1, WarmupSteps = 3, WeightDecay = 0.2 },
        new ScheduleFreeAdamW { LearningRate = 0.1, Beta1 = 0.6, Beta2 = 0.8, Epsilon = 0.01 },
        new ScheduleFreeAdamW { LearningRate = new PiecewiseConstantDecay([2], [0.1, 0.02]), Beta1 = 1 });

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory, MemberData(nameof(Options), DisableDiscoveryEnumeration = true)]
    public void A_step_moves_the_sequence_the_average_and_the_weight_between(ScheduleFreeAdamW o)
    {
        using var scope = torch.NewDisposeScope();
        using var weights = new TestWeights(TestWeights.Of("w", torch.ones(1)));
        using var stepper = OptimizerStepper.Create(o, weights);
        var (y, z, v, x) = (1.0, 1.0, 0.0, 1.0);
        double[] gradients = [0.5, -1.25, 2, 0, 0.001, -0.3, 4];
        for (var step = 1; step <= gradients.Length; step++)
        {
            var (g, rate) = (gradients[step - 1], o.LearningRate.At(step - 1));
            y -= y * (o.WeightDecay ?? 0) * rate;
            v += (g * g - v) * (1 - o.Beta2);
            x = (y - (1 - o.Beta1) * z) / o.Beta1;
            var climbed = rate * (o.WarmupSteps > 0 ? Math.Min(step / (double)o.WarmupSteps, 1) : 1);
            z -= climbed * g / (Math.Sqrt(v / (1 - Math.Pow(o.Beta2, step))) + o.Epsilon);
            x = (1 - 1.0 / step) * x + z / step;
            y = (1 - o.Beta1) * z + o.Beta1 * x;
            weights.SetGradients(g);
            stepper.Step();
            weights.Elements()[0].Should().BeApproximately(y, 5e-6, $"step {step}");
        }

        stepper.UseAverage(true);
        weights.Elements()[0].Should().BeApproximately(x, 5e-6);
        stepper.UseAverage(true);
        weights.Elements()[0].Should().BeApproximately(x, 5e-6, "a second call changes nothing");
        stepper.UseAverage(false);
        weights.Elements()[0].Should().BeApproximately(y, 5e-6);
    }

    [Fact]
    public void The_sequence_begins_at_weights_loaded_after_compiling()
    {
        using var source = Cnn.Small.ToModel(Device.Cpu, seed: 2);
        using var first = Cnn.Small.ToModel(Device.Cpu, seed: 1);
        first.CopyWeights(source);
        Compile(first);
        using var second = Compiled();
        second.CopyWeights(source);
        Dataset[] batches = [Data.Train, Data.Train];
        foreach (var batch in batches)
        {
            first.TrainOnBatch(batch);
            second.TrainOnBatch(batch);
        }

        first.SwapToEvaluation();
        second.SwapToEvaluation();
        Values(second).Should().Equal(Values(first));
    }

    [Fact]
    public void Training_continues_from_the_weights_whatever_was_swapped()
    {
        using var plain = Compiled();
        using var swapped = Compiled();
        var options = new FitOptions { Epochs = 3, Validation = Data.Validation };
        var history = plain.Fit(Data.Train, options);
        var averaged = swapped.Fit(Data.Train, options with { Callbacks = [new Measuring()] });
        averaged["val_loss"].Should().NotEqual(history["val_loss"]);
        swapped.SwapToTraining();
        Values(swapped).Zip(Values(plain)).Should().OnlyContain(pair => Math.Abs(pair.First - pair.Second) <= 1e-4f);
    }

    [Fact]
    public void A_file_saved_while_swapped_holds_the_average_and_begins_anew()
    {
        using var model = Compiled();
        model.Fit(Data.Train);
        model.SwapToEvaluation();
        var path = Path.Combine(_folder, "m.keras");
        model.Save(path);
        using var loaded = Model.Load(path, Device.Cpu);
        Values(loaded).Should().Equal(Values(model));
        loaded.SwapToEvaluation();
        Values(loaded).Should().Equal(Values(model), "nothing was trained yet");
        loaded.Fit(Data.Train).Epochs.Should().Be(1);
    }

    [Fact]
    public void Other_optimizers_have_no_average_to_swap()
    {
        using var model = Cnn.Small.ToModel(Device.Cpu, seed: 1);
        model.Invoking(m => m.SwapToEvaluation()).Should().Throw<ModelStateException>().Which.Fault.Code.Should().Be("not_compiled");
        model.Compile(Optimizer.Adam(), Loss.SparseCategoricalCrossentropy());
        model.Invoking(m => m.SwapToTraining()).Should().Throw<ModelStateException>()
            .WithMessage("SwapToTraining needs an optimizer that trains beside the average of the weights, but * is compiled with Adam.*");
    }

    /// <summary>Measures the average and leaves the way back to the next step.</summary>
    private sealed class Measuring : Callback
    {
        public override void OnTestBegin(TrainingContext context) => context.Model.SwapToEvaluation();
    }

    private static Model Compiled()
    {
        var model = Cnn.Small.ToModel(Device.Cpu, seed: 1);
        Compile(model);
        return model;
    }

    private static void Compile(Model model) => model.Compile(Optimizer.ScheduleFreeAdamW(0.01), Loss.SparseCategoricalCrossentropy());

    private static float[] Values(Model model) => [.. model.Weights.SelectMany(weight => weight.ToArray().ToArray<float>())];
}

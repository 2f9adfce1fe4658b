using DeepGpu.Models;

namespace DeepGpu.Tests.Threads;

/// <summary>What is read beside a training is of the weights between two steps.</summary>
public sealed class WholeWeightsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("deepgpu-whole-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("m.keras")]
    [InlineData("m.h5")]
    [InlineData("m.weights.h5")]
    [InlineData("m.safetensors")]
    [InlineData("m.deepgpu")]
    public void Files_saved_beside_a_training_hold_one_step(string name)
    {
        using var model = StepCounter.Compiled();
        var file = Path.Combine(_folder, name);
        using var loaded = StepCounter.Network.ToModel(Device.Cpu);
        var seen = BesideTraining(model, () =>
        {
            model.Save(file);
            loaded.LoadWeights(file);
            return StepCounter.StepsOf(loaded);
        });
        seen.Should().NotContainNulls();
        seen.Distinct().Should().HaveCountGreaterThan(1);
    }

    [Fact]
    public void Predictions_beside_a_training_are_of_one_step()
    {
        using var model = StepCounter.Compiled();
        BesideTraining(model, () => StepCounter.StepsOf(model.Predict(StepCounter.Ones))).Should().NotContainNulls();
    }

    [Fact]
    public void Predictions_beside_a_training_see_weights_and_moving_statistics_of_one_step()
    {
        const float momentum = 0.999f;
        var input = Functional.Input(1);
        var line = input.Apply(new Dense(1) { UseBias = false, KernelInitializer = Initializer.Zeros });
        var plain = new BatchNormalization { Momentum = momentum, Center = false, Scale = false, Epsilon = 1 };
        var layers = Enumerable.Range(0, 12).Select(i => plain with { Name = $"normalization{i}" });
        var normalized = layers.Aggregate(input, (x, layer) => x.Apply(layer));
        using var model = Functional.Model([input], [line, normalized]).ToModel(Device.Cpu, seed: 1);
        StepCounter.Compile(model);
        var one = NDArray.From<float>([1], 1, 1);
        var target = NDArray.Zeros(DataType.Float32, 2, 1);
        var expected = new List<float> { Second(model.Predict([one])) };
        var data = Dataset.FromArrays([NDArray.From<float>([1, 1], 2, 1)], [target, target]);
        void Note(TrainingContext context)
        {
            expected.Add(Second(context.Model.Predict([one])));
            if (context.Step == 400) context.Stop("enough");
        }

        var seen = new List<(float Line, float Normalized)>();
        var training = Begin(model, data, new FitOptions { Epochs = 1000, Callbacks = [new LambdaCallback { BatchEnd = Note }] });
        while (!training.IsCompleted)
        {
            var outputs = model.Predict([one]);
            seen.Add((outputs[0].ToArray<float>()[0], Second(outputs)));
        }

        training.IsCompletedSuccessfully.Should().BeTrue();
        seen.Should().OnlyContain(row => row.Normalized == expected[(int)Math.Round(-row.Line / StepCounter.Share)]);
    }

    [Fact]
    public void Arrays_read_beside_a_training_are_of_one_step()
    {
        using var model = StepCounter.Compiled();
        BesideTraining(model, () => StepCounter.Steps(model.Weights[^1].ToArray().ToArray<float>())).Should().NotContainNulls();
    }

    [Fact]
    public void Weights_copied_from_a_model_in_training_are_of_one_step()
    {
        using var model = StepCounter.Compiled();
        using var other = StepCounter.Network.ToModel(Device.Cpu);
        BesideTraining(model, () =>
        {
            other.CopyWeights(model);
            return StepCounter.StepsOf(other);
        }).Should().NotContainNulls();
    }

    [Fact]
    public async Task Predictions_beside_loading_are_of_the_weights_before_or_after()
    {
        using var model = StepCounter.Compiled();
        string[] files = [Path.Combine(_folder, "0.safetensors"), Path.Combine(_folder, "1.safetensors")];
        foreach (var file in files)
        {
            model.Save(file);
            model.Fit(StepCounter.Data(1));
        }

        using var stop = new CancellationTokenSource();
        var loading = Task.Run(() => { for (var i = 0; !stop.IsCancellationRequested; i++) model.LoadWeights(files[i % 2]); });
        var seen = Enumerable.Range(0, 300).Select(_ => StepCounter.StepsOf(model.Predict(StepCounter.Ones))).ToList();
        stop.Cancel();
        await loading;
        seen.Should().OnlyContain(steps => steps >= 0 && steps <= 2);
    }

    [Fact]
    public void Averages_are_exchanged_whole()
    {
        using var model = StepCounter.Compiled();
        StepCounter.Compile(model, Optimizer.Sgd(StepCounter.Share) with { UseEma = true, EmaMomentum = 0.5 });
        var differing = 0;
        var data = StepCounter.Data(1);
        var training = Begin(model, data, new FitOptions { Epochs = 200, Validation = data, Callbacks = [new SwapEMAWeights()] });
        while (!training.IsCompleted)
        {
            if (model.Predict(StepCounter.Ones).ToArray<float>().Distinct().Count() > 1) differing++;
        }

        training.IsCompletedSuccessfully.Should().BeTrue();
        differing.Should().Be(0);
    }

    [Fact]
    public async Task Evaluating_beside_a_training_changes_nothing_of_it()
    {
        var (train, test) = Datasets.GeneratedDigits(96, 64);
        using var alone = Cnn.Small.Compiled(seed: 3);
        var expected = alone.Fit(train, new FitOptions { Epochs = 3, BatchSize = 8, Validation = test });
        using var model = Cnn.Small.Compiled(seed: 3);
        var inside = new LambdaCallback { BatchEnd = context => context.Model.Evaluate(test) };
        using var stop = new CancellationTokenSource();
        var beside = Task.Run(() => { while (!stop.IsCancellationRequested) model.Evaluate(test, batchSize: 16); });
        var history = model.Fit(train, new FitOptions { Epochs = 3, BatchSize = 8, Validation = test, Callbacks = [inside] });
        stop.Cancel();
        await beside;
        foreach (var name in expected.Names) history[name].Should().Equal(expected[name]);
        Values(model).Should().Equal(Values(alone));
    }

    [Fact]
    public void Two_evaluations_at_once_measure_what_one_does()
    {
        var test = Datasets.GeneratedDigits(96, 1).Train;
        using var model = Cnn.Small.Compiled();
        var expected = model.Evaluate(test, batchSize: 8);
        var measured = new System.Collections.Concurrent.ConcurrentBag<IReadOnlyDictionary<string, double>>();
        Parallel.For(0, 12, _ => measured.Add(model.Evaluate(test, batchSize: 8)));
        measured.Should().OnlyContain(one => one["loss"] == expected["loss"] && one["accuracy"] == expected["accuracy"]);
    }

    /// <summary>Reads as long as the model trains; what was read.</summary>
    private static List<double?> BesideTraining(Model model, Func<double?> read)
    {
        var seen = new List<double?>();
        var stop = new LambdaCallback { BatchEnd = context => { if (seen.Count >= 40 && context.Step > 40) context.Stop("enough"); } };
        var training = Begin(model, StepCounter.Data(2), new FitOptions { Epochs = 100_000, BatchSize = 1, Callbacks = [stop] });
        while (!training.IsCompleted) seen.Add(read());
        training.GetAwaiter().GetResult();
        return seen;
    }

    private static Task<History> Begin(Model model, Dataset data, FitOptions options)
        => model.FitAsync(data, options, TestContext.Current.CancellationToken);

    private static IEnumerable<float> Values(Model model) => model.Weights.SelectMany(weight => weight.ToArray().ToArray<float>());

    private static float Second(IReadOnlyList<NDArray> outputs) => outputs[1].ToArray<float>()[0];
}

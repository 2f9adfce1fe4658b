using DeepGpu.Models;

namespace DeepGpu.Tests.Callbacks;

/// <summary>Averages of the weights in the place of the weights: while measuring, in saved files, at the end.</summary>
public sealed class AveragedWeightsTests : IDisposable
{
    private static readonly (Dataset Train, Dataset Validation) Data = Datasets.GeneratedDigits(64, 32);

    private readonly string _folder = Directory.CreateTempSubdirectory("deepgpu-averages-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Validation_sees_the_averages_and_training_continues_from_the_weights(bool onEpoch)
    {
        var (plain, swapped) = (new Weights(), new Weights());
        Fit(plain).Dispose();
        Fit(swapped, new SwapEMAWeights(onEpoch)).Dispose();
        swapped.AtSteps.Should().BeEquivalentTo(plain.AtSteps, options => options.WithStrictOrdering());
        swapped.WhileMeasuring.Zip(plain.WhileMeasuring).Should().OnlyContain(pair => !pair.First.SequenceEqual(pair.Second));
        swapped.WhileMeasuring.Should().BeEquivalentTo(plain.Averages, options => options.WithStrictOrdering());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void At_the_end_the_averages_are_the_weights(bool onEpoch)
    {
        var plain = new Weights();
        using var expected = Fit(plain);
        using var actual = Fit(new SwapEMAWeights(onEpoch));
        Values(actual).Should().Equal(Values(expected)).And.Equal(plain.Averages[^1]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_file_saved_at_an_epochs_end_holds_the_averages_on_request(bool onEpoch)
    {
        var weights = new Weights();
        var file = Path.Combine(_folder, "{epoch}.keras");
        Fit(weights, new SwapEMAWeights(onEpoch), new ModelCheckpoint(file)).Dispose();
        using var saved = Model.Load(Path.Combine(_folder, "1.keras"), Device.Cpu);
        Values(saved).Should().Equal(onEpoch ? weights.Averages[0] : weights.AtSteps[1]);
    }

    [Fact]
    public void A_measurement_that_is_broken_off_leaves_the_weights()
    {
        using var cancellation = new CancellationTokenSource();
        var weights = new Weights();
        using var model = Compiled();
        var cancelling = new AtTest(_ => cancellation.Cancel());
        model.Invoking(m => m.Fit(Data.Train, Options(weights, new SwapEMAWeights(), cancelling), cancellation.Token))
            .Should().Throw<OperationCanceledException>();
        Values(model).Should().Equal(weights.AtSteps[^1]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Training_continues_from_a_checkpoint_as_if_never_broken_off(bool onEpoch)
    {
        using var cancellation = new CancellationTokenSource();
        Callback[] Callbacks(Action? atTest)
            => [new SwapEMAWeights(onEpoch), new AtTest(context => { if (context.Epoch == 2) atTest?.Invoke(); }),
                new BackupAndRestore(_folder, deleteCheckpoint: false)];
        using var straight = Compiled();
        straight.Fit(Data.Train, Options([new SwapEMAWeights(onEpoch), new LambdaCallback()]));
        using var broken = Compiled();
        broken.Invoking(m => m.Fit(Data.Train, Options(Callbacks(cancellation.Cancel)), cancellation.Token))
            .Should().Throw<OperationCanceledException>();
        using var resumed = Compiled();
        resumed.Fit(Data.Train, Options(Callbacks(null)));
        Values(resumed).Should().Equal(Values(straight));
    }

    private static Model Fit(params Callback[] callbacks)
    {
        var model = Compiled();
        model.Fit(Data.Train, Options(callbacks));
        return model;
    }

    private static FitOptions Options(params Callback[] callbacks)
        => new() { Epochs = 3, Validation = Data.Validation, Callbacks = callbacks };

    private static Model Compiled()
    {
        var model = Cnn.Small.ToModel(Device.Cpu, seed: 1);
        model.Compile(new Adam { UseEma = true, EmaMomentum = 0.8 }, Loss.SparseCategoricalCrossentropy());
        return model;
    }

    private static float[] Values(Model model) => [.. model.Weights.SelectMany(weight => weight.ToArray().ToArray<float>())];

    private sealed class AtTest(Action<TrainingContext> act) : Callback
    {
        public override void OnTestBegin(TrainingContext context) => act(context);
    }

    /// <summary>Writes down weights and averages.</summary>
    private sealed class Weights : Callback
    {
        public List<float[]> AtSteps { get; } = [];

        public List<float[]> WhileMeasuring { get; } = [];

        public List<float[]> Averages { get; } = [];

        public override void OnBatchEnd(TrainingContext context) => AtSteps.Add(Values(context.Model));

        public override void OnTestBegin(TrainingContext context)
            => Averages.Add([.. context.Model.Weights.SelectMany(weight =>
                context.Session.Compiled.Stepper.Save().Arrays[weight.Name + "/average"].ToArray<float>())]);

        public override void OnTestEnd(TrainingContext context) => WhileMeasuring.Add(Values(context.Model));
    }
}

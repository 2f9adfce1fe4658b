namespace DeepGpu.Tests.Callbacks;

/// <summary>Callbacks that watch a value, on values made up for the test.</summary>
public class MonitorTests
{
    private static readonly Dataset Data = Datasets.GeneratedDigits(32, 1).Train;

    [Theory]
    [InlineData(0, new[] { 3.0, 2, 4, 1 }, 3)]
    [InlineData(1, new[] { 3.0, 2, 4, 1 }, 3)]
    [InlineData(2, new[] { 3.0, 2, 4, 5, 1 }, 4)]
    [InlineData(2, new[] { 3.0, 4, 5, 1 }, 3)]
    [InlineData(3, new[] { 3.0, 2, 1, 0 }, 4)]
    public void Early_stopping_waits_as_long_as_its_patience(int patience, double[] values, int epochs)
        => Fit(values, new EarlyStopping("made", patience: patience, mode: MonitorMode.Min)).Epochs.Should().Be(epochs);

    [Fact]
    public void A_change_must_be_larger_than_the_least_difference()
        => Fit([3, 2.95, 2.9, 2.85, 2.8, 2.75, 2.7], new EarlyStopping("made", minDelta: 0.1, patience: 2, mode: MonitorMode.Min))
            .Epochs.Should().Be(3);

    [Fact]
    public void Values_not_better_than_the_baseline_do_not_count()
        => Fit([5, 4, 3, 2, 1], new EarlyStopping("made", patience: 2, mode: MonitorMode.Min, baseline: 0.5)).Epochs.Should().Be(2);

    [Fact]
    public void The_first_epochs_are_not_watched_on_request()
        => Fit([1, 2, 3, 4, 5, 6], new EarlyStopping("made", patience: 1, mode: MonitorMode.Min, startFromEpoch: 3)).Epochs.Should().Be(5);

    [Fact]
    public void A_name_that_no_callback_adds_is_found_before_the_first_epoch()
    {
        using var model = Cnn.Small.Compiled();
        var epochs = 0;
        History Fit(string monitor, params Callback[] others) => model.Fit(Data, callbacks: [.. others,
            new EarlyStopping(monitor, mode: MonitorMode.Min)]);
        model.Invoking(_ => Fit("made up", new Adding(["made"], () => epochs++))).Should().Throw<ModelStateException>()
            .WithMessage("*'made up'*made*").Which.Fault.Code.Should().Be("unknown_monitor");
        epochs.Should().Be(0);
        Fit("made", new Adding(["made"], () => epochs++)).Epochs.Should().Be(1);
        Fit("made up", new Adding(null, () => epochs++)).Epochs.Should().Be(1);
        Fit("learning_rate", new LearningRateScheduler((_, rate) => rate)).Epochs.Should().Be(1);
        model.Invoking(_ => Fit("learning_rate")).Should().Throw<ModelStateException>();
    }

    [Fact]
    public void The_best_weights_come_back()
    {
        var stopping = new EarlyStopping("made", patience: 2, mode: MonitorMode.Min, restoreBestWeights: true);
        var seen = new List<byte[]>();
        using var model = Cnn.Small.Compiled();
        var values = new Queue<double>([2, 1, 3, 4]);
        model.Fit(Data, Options(4,
            new LambdaCallback { EpochEnd = (context, logs) => { logs["made"] = values.Dequeue(); seen.Add(Bytes(context.Model)); } },
            stopping));
        stopping.BestEpoch.Should().Be(2);
        stopping.StoppedEpoch.Should().Be(4);
        Bytes(model).Should().Equal(seen[1]);
    }

    [Fact]
    public void The_rate_falls_when_nothing_gets_better()
    {
        var history = Fit([3, 3, 3, 3, 1, 3], new ReduceLROnPlateau("made", factor: 0.5, patience: 2, mode: MonitorMode.Min));
        history["learning_rate"].Should().Equal(0.001, 0.001, 0.001, 0.0005, 0.0005, 0.0005);
    }

    [Fact]
    public void After_a_reduction_the_rate_rests()
    {
        var history = Fit([3, 3, 3, 3, 3, 3],
            new ReduceLROnPlateau("made", factor: 0.5, patience: 1, mode: MonitorMode.Min, cooldown: 2, minRate: 0.0004));
        history["learning_rate"].Should().Equal(0.001, 0.001, 0.0005, 0.0005, 0.0004, 0.0004);
    }

    [Fact]
    public void A_value_that_is_not_measured_is_refused_before_the_first_epoch()
    {
        using var model = Cnn.Small.Compiled();
        model.Invoking(m => m.Fit(Data, Options(1, new EarlyStopping()))).Should().Throw<ModelStateException>()
            .WithMessage("*val_loss*loss, accuracy*Pass validation data*");
    }

    [Fact]
    public void A_value_of_unknown_direction_is_refused()
    {
        using var model = Cnn.Small.Compiled();
        var made = new LambdaCallback { EpochEnd = (_, logs) => logs["made"] = 1 };
        model.Invoking(m => m.Fit(Data, Options(1, made, new EarlyStopping("made"))))
            .Should().Throw<ModelStateException>().Which.Fault.Code.Should().Be("unknown_direction");
    }

    [Fact]
    public void Accuracy_gets_better_by_rising()
    {
        using var model = Cnn.Small.Compiled();
        model.Fit(Data, Options(3, new EarlyStopping("accuracy", minDelta: 2, patience: 1, mode: MonitorMode.Auto))).Epochs.Should().Be(2);
    }

    private static History Fit(double[] values, Callback callback)
    {
        var rest = new Queue<double>(values);
        using var model = Cnn.Small.Compiled();
        return model.Fit(Data,
            Options(values.Length, new LambdaCallback { EpochEnd = (_, logs) => logs["made"] = rest.Dequeue() }, callback));
    }

    private static FitOptions Options(int epochs, params Callback[] callbacks) => new() { Epochs = epochs, Callbacks = callbacks };

    private static byte[] Bytes(Model model) => [.. model.Weights.SelectMany(weight => weight.ToArray().Bytes.ToArray())];

    /// <summary>A custom callback that says what it logs, or does not.</summary>
    private sealed class Adding(IReadOnlyCollection<string>? names, Action atEpoch) : Callback
    {
        protected internal override IReadOnlyCollection<string>? AddedLogs => names;

        public override void OnEpochBegin(TrainingContext context) => atEpoch();
    }
}

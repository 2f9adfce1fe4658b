using DeepGpu.Models;

namespace DeepGpu.Tests.Checkpoints;

/// <summary>RELIABILITY G77, G78: training that continues ends byte for byte as training that never stopped.</summary>
public sealed class ResumeTests : IDisposable
{
    private const int BatchSize = 32;
    private const int Batches = 5;
    private const int Epochs = 4;

    private static readonly (Dataset Train, Dataset Validation) Data = Datasets.GeneratedDigits(Batches * BatchSize, 40);

    private static readonly ModelSpec Network = Sequential.Input(28, 28, 1)
        .Conv2D(3, 5, Activation.Relu, strides: 2).BatchNormalization()
        .Flatten().Dropout(0.3).Dense(10, Activation.Softmax)
        .Build("net");

    private static readonly Lazy<string> Straight = new(() => Run(Optimizer.Adam(new ExponentialDecay(0.003, 7, 0.8)), []));

    private readonly string _folder = Directory.CreateTempSubdirectory("deepgpu-resume-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(Batches)]
    [InlineData(Batches + 1)]
    [InlineData(2 * Batches)]
    [InlineData(3 * Batches + 4)]
    public void After_an_exception_at_any_step(int step)
    {
        var failing = new LambdaCallback
        {
            BatchEnd = context => { if (context.Step == step) throw new InvalidOperationException("power cut"); }
        };
        FluentActions.Invoking(() => Run(Scheduled(), [failing, Backup(1)]))
            .Should().Throw<CallbackException>().WithInnerException<InvalidOperationException>();
        Run(Scheduled(), [new LambdaCallback(), Backup(1)]).Should().Be(Straight.Value);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(Batches)]
    [InlineData(2 * Batches + 1)]
    public void After_a_cancellation(int step)
    {
        using var cancellation = new CancellationTokenSource();
        var cancelling = new LambdaCallback { BatchEnd = context => { if (context.Step == step) cancellation.Cancel(); } };
        FluentActions.Invoking(() => Run(Scheduled(), [cancelling, Backup(null)], cancellation: cancellation.Token))
            .Should().Throw<OperationCanceledException>();
        Run(Scheduled(), [new LambdaCallback(), Backup(null)]).Should().Be(Straight.Value);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(Batches + 2)]
    public void With_optimizers_that_keep_more_than_means(int step)
    {
        foreach (var optimizer in new Optimizer[] { Optimizer.Muon(0.01, excludeLayers: ["^dense/"]), Optimizer.Muon(0.01),
            Optimizer.ScheduleFreeAdamW(0.01, warmupSteps: 3) })
        {
            using var cancellation = new CancellationTokenSource();
            var cancelling = new LambdaCallback { BatchEnd = context => { if (context.Step == step) cancellation.Cancel(); } };
            var folder = Path.Combine(_folder, Guid.NewGuid().ToString());
            Callback Backup() => new BackupAndRestore(folder, deleteCheckpoint: false);
            FluentActions.Invoking(() => Run(optimizer, [cancelling, Backup()], cancellation: cancellation.Token))
                .Should().Throw<OperationCanceledException>();
            Run(optimizer, [new LambdaCallback(), Backup()]).Should().Be(Run(optimizer, []), optimizer.GetType().Name);
        }
    }

    [Fact]
    public void After_a_cancellation_while_it_measures()
    {
        using var cancellation = new CancellationTokenSource();
        FluentActions.Invoking(() => Run(Scheduled(), [new AtTest(cancellation.Cancel), Backup(null)], cancellation: cancellation.Token))
            .Should().Throw<OperationCanceledException>();
        Run(Scheduled(), [new AtTest(() => { }), Backup(null)]).Should().Be(Straight.Value);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void On_a_stream_whatever_the_number_of_workers(int workers)
    {
        DataSource Stream() => Data.Train.ToStream().Shuffle(Data.Train.Count).Prefetch(2, workers);
        var failing = new LambdaCallback
        {
            BatchEnd = context => { if (context.Step == Batches + 2) throw new InvalidOperationException("power cut"); }
        };
        var straight = Run(Scheduled(), [new LambdaCallback()], data: Stream());
        FluentActions.Invoking(() => Run(Scheduled(), [failing, Backup(1)], data: Stream())).Should().Throw<CallbackException>();
        Run(Scheduled(), [new LambdaCallback(), Backup(1)], data: Stream()).Should().Be(straight);
    }

    [Fact]
    public void After_an_epoch_and_with_more_epochs_than_were_asked_for_before()
    {
        Run(Scheduled(), [Backup(null)], epochs: 2);
        Run(Scheduled(), [Backup(null)]).Should().Be(Straight.Value);
    }

    [Fact]
    public void With_early_stopping_that_counts_over_the_interruption()
    {
        static Callback Stop() => new EarlyStopping("loss", minDelta: 100, patience: 3, restoreBestWeights: true);
        var straight = Run(Scheduled(), [Stop()], epochs: 9);
        Run(Scheduled(), [Stop(), Backup(null)], epochs: 2);
        Run(Scheduled(), [Stop(), Backup(null)], epochs: 9).Should().Be(straight);
    }

    [Fact]
    public void With_a_rate_that_was_reduced_before_the_interruption()
    {
        static Callback Reduce() => new ReduceLROnPlateau("loss", factor: 0.5, patience: 1, minDelta: 100);
        var straight = Run(Optimizer.Adam(), [Reduce()]);
        Run(Optimizer.Adam(), [Reduce(), Backup(null)], epochs: 3);
        Run(Optimizer.Adam(), [Reduce(), Backup(null)]).Should().Be(straight);
    }

    [Fact]
    public void A_finished_training_is_not_trained_again()
    {
        var first = Run(Scheduled(), [Backup(null)]);
        var steps = 0;
        Run(Scheduled(), [new LambdaCallback { BatchEnd = _ => steps++ }], epochs: 1);
        steps.Should().Be(Batches);
        Run(Scheduled(), [Backup(null)]).Should().Be(first);
    }

    private sealed class AtTest(Action act) : Callback
    {
        public override void OnTestBegin(TrainingContext context)
        {
            if (context.Epoch == 2) act();
        }
    }

    private static Adam Scheduled() => Optimizer.Adam(new ExponentialDecay(0.003, 7, 0.8));

    private BackupAndRestore Backup(int? frequency) => new(_folder, frequency, deleteCheckpoint: false);

    private static string Run(Optimizer optimizer, Callback[] callbacks, int epochs = Epochs, DataSource? data = null,
        CancellationToken cancellation = default)
    {
        using var model = Network.ToModel(Device.Cpu, seed: 3);
        model.Compile(optimizer, Loss.SparseCategoricalCrossentropy(), Metric.Accuracy());
        var history = model.Fit(data ?? Data.Train,
            new FitOptions { Epochs = epochs, BatchSize = BatchSize, Validation = Data.Validation, Callbacks = callbacks }, cancellation);
        return KilledTraining.Outcome(model, history);
    }
}

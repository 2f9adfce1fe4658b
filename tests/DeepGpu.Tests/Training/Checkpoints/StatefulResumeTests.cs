using DeepGpu.Models;

namespace DeepGpu.Tests.Checkpoints;

/// <summary>RELIABILITY G77: the states of recurrent layers belong to a training's state.</summary>
public sealed class StatefulResumeTests : IDisposable
{
    private const int BatchSize = 4;

    private static readonly Dataset Data = Dataset.FromArrays(
        NDArray.From<float>([.. Enumerable.Range(0, 16 * 5 * 2).Select(i => MathF.Sin(i * 0.7f))], 16, 5, 2),
        NDArray.From<float>([.. Enumerable.Range(0, 16).Select(i => MathF.Cos(i))], 16, 1));

    private static readonly ModelSpec Network = Sequential.Input(5, 2)
        .LSTM(3, returnSequences: true, stateful: true).Bidirectional(new GRU(2) { Stateful = true }).Dense(1)
        .Build("net");

    private readonly string _folder = Directory.CreateTempSubdirectory("deepgpu-stateful-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(6)]
    public void Training_continues_from_the_states_it_had(int step)
    {
        var failing = new LambdaCallback
        {
            BatchEnd = context => { if (context.Step == step) throw new InvalidOperationException("power cut"); }
        };
        var straight = Run(new LambdaCallback());
        FluentActions.Invoking(() => Run(failing, Backup())).Should().Throw<CallbackException>();
        Run(new LambdaCallback(), Backup()).Should().Be(straight);
    }

    [Fact]
    public void The_states_matter()
    {
        var forgetting = new ResetEachStep();
        Run(forgetting).Should().NotBe(Run(new LambdaCallback()));
    }

    private BackupAndRestore Backup() => new(_folder, saveFrequency: 1, deleteCheckpoint: false);

    private static string Run(params Callback[] callbacks)
    {
        using var model = Network.ToModel(Device.Cpu, seed: 3);
        model.Compile(Optimizer.Adam(), Loss.MeanSquaredError(), Metric.MeanAbsoluteError());
        var history = model.Fit(Data,
            new FitOptions { Epochs = 2, BatchSize = BatchSize, Shuffle = false, Validation = Data.Take(8), Callbacks = callbacks });
        return KilledTraining.Outcome(model, history);
    }

    private sealed class ResetEachStep : Callback
    {
        public override void OnBatchBegin(TrainingContext context) => context.Model.ResetState();
    }
}

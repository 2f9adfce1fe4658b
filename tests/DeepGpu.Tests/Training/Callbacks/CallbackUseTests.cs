namespace DeepGpu.Tests.Callbacks;

/// <summary>Callbacks shared by trainings, and callbacks that throw.</summary>
public sealed class CallbackUseTests : IDisposable
{
    private static readonly Dataset Data = Datasets.GeneratedDigits(64, 1).Train;

    private readonly string _folder = Directory.CreateTempSubdirectory("deepgpu-shared-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_callback_serves_one_training_at_a_time()
    {
        using var one = Cnn.Small.Compiled();
        using var other = Cnn.Small.Compiled();
        var shared = new EarlyStopping("loss", patience: 9);
        ModelStateException? refused = null;
        var options = new FitOptions { Callbacks = [new LambdaCallback(), shared] };
        var second = new LambdaCallback
        {
            EpochEnd = (_, _) => refused ??= other.Invoking(m => m.Fit(Data, options)).Should().Throw<ModelStateException>().Which,
        };
        one.Fit(Data, new FitOptions { Epochs = 2, Callbacks = [shared, second] }).Epochs.Should().Be(2);
        refused!.Message.Should().Be(
            "A callback serves one training at a time, but EarlyStopping already serves another one. "
            + "Give each training callbacks of its own.");
        other.Fit(Data, new FitOptions { Callbacks = [shared] }).Epochs.Should().Be(1);
    }

    [Fact]
    public void A_callback_is_free_again_after_a_training_that_failed()
    {
        using var model = Cnn.Small.Compiled();
        var shared = new LambdaCallback { BatchEnd = context => { if (context.Step == 1) throw new InvalidOperationException("mine"); } };
        model.Invoking(m => m.Fit(Data, new FitOptions { Callbacks = [shared] })).Should().Throw<CallbackException>();
        model.Fit(Data, new FitOptions { Callbacks = [shared] }).Epochs.Should().Be(1);
    }

    [Fact]
    public void Who_is_told_of_progress_may_not_throw()
    {
        using var model = Cnn.Small.Compiled();
        model.Invoking(m => m.Fit(Data, progress: new Failing())).Should().Throw<CallbackException>()
            .WithMessage("A callback must not throw, but Failing did: mine See the inner exception.")
            .WithInnerException<InvalidOperationException>();
        model.Fit(Data).Epochs.Should().Be(1);
    }

    [Fact]
    public void A_callback_whose_state_cannot_be_kept_or_taken_back_ends_training()
    {
        using var model = Cnn.Small.Compiled();
        void Fit(Forgetful callback, int epochs)
            => model.Fit(Data, new FitOptions { Epochs = epochs, Callbacks = [callback, new BackupAndRestore(_folder, null, 2, false)] });
        void ShouldFail(Forgetful callback, string message)
            => FluentActions.Invoking(() => Fit(callback, 2)).Should().Throw<CallbackException>()
                .WithInnerException<IOException>().WithMessage(message);
        ShouldFail(new() { FailsToSave = true }, "kept");
        Fit(new(), 1);
        ShouldFail(new() { FailsToRestore = true }, "taken back");
    }

    [Fact]
    public void No_callback_is_null()
    {
        FluentActions.Invoking(() => new FitOptions { Callbacks = [new LambdaCallback(), null!] })
            .Should().Throw<DeepGpuArgumentException>()
            .WithMessage("Fit: callbacks must be a list without nulls, but is a list with a null. *");
        FluentActions.Invoking(() => new FitOptions { Callbacks = null! }).Should().Throw<DeepGpuArgumentException>();
        var list = new List<Callback> { new LambdaCallback() };
        var options = new FitOptions { Callbacks = list };
        list.Add(null!);
        options.Callbacks.Should().ContainSingle();
    }

    private sealed class Failing : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => throw new InvalidOperationException("mine");
    }

    private sealed class Forgetful : Callback
    {
        public bool FailsToSave { get; init; }

        public bool FailsToRestore { get; init; }

        public override CallbackState SaveState() => FailsToSave ? throw new IOException("kept") : new([]);

        public override void RestoreState(CallbackState state)
        {
            if (FailsToRestore) throw new IOException("taken back");
        }
    }
}

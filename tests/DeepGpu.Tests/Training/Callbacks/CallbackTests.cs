using DeepGpu.Models;

namespace DeepGpu.Tests.Callbacks;

public sealed class CallbackTests : IDisposable
{
    private static readonly (Dataset Train, Dataset Validation) Data = Datasets.GeneratedDigits(64, 32);

    private readonly string _folder = Directory.CreateTempSubdirectory("deepgpu-callbacks-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Turns_come_in_Kerass_order()
    {
        var turns = new List<string>();
        var all = new LambdaCallback
        {
            TrainBegin = _ => turns.Add("train"),
            EpochBegin = context => turns.Add($"epoch {context.Epoch}"),
            BatchBegin = context => turns.Add($"batch {context.Batch}"),
            BatchEnd = context => turns.Add($"done {context.Batch} of {context.Batches}"),
            EpochEnd = (context, logs) => turns.Add($"end {context.Epoch} {logs.ContainsKey("val_loss")}"),
            TrainEnd = context => turns.Add($"trained {context.Epoch}"),
        };
        Fit(new FitOptions { Epochs = 2, Validation = Data.Validation, Callbacks = [all] });
        turns.Should().Equal("train", "epoch 1", "batch 0", "done 1 of 2", "batch 1", "done 2 of 2", "end 1 True", "epoch 2", "batch 0",
            "done 1 of 2", "batch 1", "done 2 of 2", "end 2 True", "trained 2");
    }

    [Fact]
    public void Measuring_lies_between_its_two_turns_and_callbacks_go_into_the_short_Fit()
    {
        var turns = new List<string>();
        var all = new LambdaCallback
        {
            TestBegin = context => turns.Add($"test {context.Epoch}"),
            TestEnd = context => turns.Add($"tested {context.Epoch}"),
            EpochEnd = (_, logs) => turns.Add($"end {logs.ContainsKey("val_loss")}"),
        };
        using var model = Cnn.Small.Compiled();
        model.Fit(Data.Train, epochs: 2, validation: Data.Validation, callbacks: [all]);
        turns.Should().Equal("test 1", "tested 1", "end True", "test 2", "tested 2", "end True");
    }

    [Fact]
    public void A_callback_may_stop_training_after_a_step()
    {
        var history = Fit(new FitOptions { Epochs = 3, Callbacks = [new LambdaCallback { BatchEnd = context => context.Stop("enough") }] });
        history.Epochs.Should().Be(1);
        history.Notes.Should().Equal("enough");
    }

    [Fact]
    public void What_a_callback_adds_to_the_logs_is_in_the_history()
        => Fit(new FitOptions
        {
            Epochs = 2,
            Callbacks = [new LambdaCallback { EpochEnd = (context, logs) => logs["twice"] = 2 * context.Epoch }]
        })["twice"]
            .Should().Equal(2, 4);

    [Fact]
    public void An_exception_in_a_callback_ends_training_and_is_kept()
    {
        var failing = new LambdaCallback { EpochEnd = (_, _) => throw new InvalidOperationException("mine") };
        FluentActions.Invoking(() => Fit(new FitOptions { Callbacks = [failing] }))
            .Should().Throw<CallbackException>().WithInnerException<InvalidOperationException>().WithMessage("mine");
    }

    [Fact]
    public void A_time_limit_ends_training()
    {
        var history = Fit(new FitOptions { Epochs = 1000, Callbacks = [new TimeLimit(TimeSpan.FromMilliseconds(50))] });
        history.Epochs.Should().BeLessThan(1000);
        history.Notes.Should().ContainSingle().Which.Should().StartWith("TimeLimit");
    }

    [Fact]
    public void A_schedule_sets_the_rate_of_each_epoch()
    {
        var scheduler = new LearningRateScheduler((epoch, rate) => epoch == 0 ? 0.5 : rate / 2);
        Fit(new FitOptions { Epochs = 3, Callbacks = [scheduler] })["learning_rate"].Should().Equal(0.5, 0.25, 0.125);
    }

    [Fact]
    public void A_rate_that_follows_a_schedule_is_not_to_be_set()
    {
        using var model = Cnn.Small.ToModel(Device.Cpu, seed: 1);
        model.Compile(Optimizer.Adam(new ExponentialDecay(0.1, 10, 0.9)), Loss.SparseCategoricalCrossentropy());
        foreach (var callback in new Callback[] { new ReduceLROnPlateau("loss"), new LearningRateScheduler((_, rate) => rate) })
        {
            model.Invoking(m => m.Fit(Data.Train, new FitOptions { Callbacks = [callback] }))
                .Should().Throw<ModelStateException>().Which.Fault.Code.Should().Be("scheduled_rate");
        }
    }

    [Fact]
    public void The_log_file_has_Kerass_columns_and_exact_numbers()
    {
        var file = Path.Combine(_folder, "log.csv");
        var history = Fit(new FitOptions { Epochs = 2, Validation = Data.Validation, Callbacks = [new CSVLogger(file)] });
        var lines = File.ReadAllLines(file);
        lines[0].Should().Be("epoch,accuracy,loss,val_accuracy,val_loss");
        lines.Length.Should().Be(3);
        double.Parse(lines[2].Split(',')[2], System.Globalization.CultureInfo.InvariantCulture).Should().Be(history["loss"][1]);
        Fit(new FitOptions { Callbacks = [new CSVLogger(file, append: true)] });
        File.ReadAllLines(file)[3].Should().StartWith("0,").And.EndWith("NA,NA");
    }

    [Fact]
    public void A_log_file_has_each_epoch_once_after_a_resume()
    {
        var file = Path.Combine(_folder, "log.csv");
        Callback[] Callbacks(bool fails)
            => [new CSVLogger(file),
                new LambdaCallback { BatchEnd = context => { if (fails && context.Step == 7) throw new InvalidOperationException(); } },
                new BackupAndRestore(Path.Combine(_folder, "backup"), saveFrequency: 3)];
        FluentActions.Invoking(() => Fit(new FitOptions { Epochs = 5, Callbacks = Callbacks(true) })).Should().Throw<CallbackException>();
        Fit(new FitOptions { Epochs = 5, Callbacks = Callbacks(false) });
        File.ReadAllLines(file).Select(line => line.Split(',')[0]).Should().Equal("epoch", "0", "1", "2", "3", "4");
    }

    [Fact]
    public void Checkpoints_are_named_by_epoch_and_value()
    {
        var checkpoint = new ModelCheckpoint(Path.Combine(_folder, "m-{epoch:00}-{val_loss:0.00}.keras"));
        var history = Fit(new FitOptions { Epochs = 2, Validation = Data.Validation, Callbacks = [checkpoint] });
        Directory.GetFiles(_folder).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)
            .Should().Equal(history["val_loss"].Select((loss, i) => FormattableString.Invariant($"m-0{i + 1}-{loss:0.00}.keras")));
        using var model = Model.Load(checkpoint.LastSaved!, Device.Cpu);
        model.Spec.Name.Should().Be("small");
    }

    [Fact]
    public void Only_better_models_are_saved_on_request()
    {
        var values = new Queue<double>([3, 2, 5, 1]);
        var saved = new List<string?>();
        var checkpoint = new ModelCheckpoint(Path.Combine(_folder, "{epoch}.weights.h5"), "made",
            saveBestOnly: true, mode: MonitorMode.Max);
        Callback[] callbacks = [new LambdaCallback { EpochEnd = (_, logs) => logs["made"] = values.Dequeue() }, checkpoint];
        Fit(new FitOptions { Epochs = 4, Callbacks = callbacks });
        Directory.GetFiles(_folder).Select(file => Path.GetFileName(file)).Should().BeEquivalentTo("1.weights.h5", "3.weights.h5");
    }

    [Fact]
    public void A_path_that_names_what_is_not_measured_is_refused()
        => FluentActions.Invoking(() =>
            Fit(new FitOptions { Callbacks = [new ModelCheckpoint(Path.Combine(_folder, "{val_loss}.keras"))] }))
            .Should().Throw<ModelStateException>().WithMessage("*val_loss*accuracy*");

    private static History Fit(FitOptions options)
    {
        using var model = Cnn.Small.Compiled();
        return model.Fit(Data.Train, options);
    }
}

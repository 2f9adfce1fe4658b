using DeepGpu.Models;

namespace DeepGpu.Tests.Threads;

/// <summary>Calls that meet: disposing, states, streams.</summary>
public sealed class SharedUseTests : IDisposable
{
    private static readonly Dataset Data = Datasets.GeneratedDigits(64, 1).Train;

    private readonly string _folder = Directory.CreateTempSubdirectory("deepgpu-shared-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Saving_meets_disposing()
        => Meet(model => model.Save(Path.Combine(_folder, "m.keras")), model => model.Dispose());

    [Fact]
    public void Reading_a_weight_meets_disposing()
        => Meet(model => { foreach (var weight in model.Weights) weight.ToArray(); }, model => model.Dispose());

    [Fact]
    public void Writing_a_weight_meets_disposing()
        => Meet(model => { foreach (var weight in model.Weights) weight.Load(ModelMembers.Zeros(weight)); }, model => model.Dispose());

    [Fact]
    public void Compiling_meets_disposing() => Meet(Compile, model => model.Dispose());

    [Fact]
    public void Predicting_meets_freezing() => Meet(model => model.Predict(Data.Input), model => model.Freeze());

    [Fact]
    public void Saving_meets_compiling() => Meet(model => model.Save(Path.Combine(_folder, "m.h5")), Compile);

    [Fact]
    public void A_training_continues_to_its_end_after_its_model_was_disposed()
    {
        var model = Cnn.Small.Compiled();
        var disposing = new LambdaCallback { BatchEnd = context => { if (context.Step == 1) context.Model.Dispose(); } };
        var file = Path.Combine(_folder, "last.keras");
        Callback[] callbacks = [disposing, new EarlyStopping(patience: 9, restoreBestWeights: true), new ModelCheckpoint(file)];
        model.Fit(Data, new FitOptions { Epochs = 3, Validation = Data, Callbacks = callbacks }).Epochs.Should().Be(3);
        model.Invoking(m => m.Weights[0].Tensor).Should().Throw<ObjectDisposedException>();
        using var saved = Model.Load(file, Device.Cpu);
        saved.Spec.Name.Should().Be("small");
    }

    [Fact]
    public void Two_models_may_copy_from_each_other_at_once()
    {
        using var one = Cnn.Small.ToModel(Device.Cpu, seed: 1);
        using var other = Cnn.Small.ToModel(Device.Cpu, seed: 2);
        var there = new Thread(() => { for (var i = 0; i < 200; i++) one.CopyWeights(other); });
        var back = new Thread(() => { for (var i = 0; i < 200; i++) other.CopyWeights(one); });
        there.Start();
        back.Start();
        there.Join();
        back.Join();
        one.CopyWeights(one);
        one.Weights[0].ToArray().ToArray<float>().Should().Equal(other.Weights[0].ToArray().ToArray<float>());
    }

    [Fact]
    public void Predictions_of_a_stateful_model_meet_its_reset()
    {
        using var model = Sequential.Input(3, 2).Apply(new LSTM(5) { Stateful = true }).Build("stateful").ToModel(Device.Cpu, seed: 1);
        var input = NDArray.From<float>([.. Enumerable.Range(0, 24).Select(i => i / 24f)], 4, 3, 2);
        var first = model.Predict(input).ToArray<float>();
        var errors = new System.Collections.Concurrent.ConcurrentBag<Exception>();
        void Repeat(Action call) => errors.Add(Record.Exception(() => { for (var i = 0; i < 300; i++) call(); })!);
        Parallel.Invoke(() => Repeat(() => model.Predict(input)), () => Repeat(model.ResetState), () => Repeat(() => model.Predict(input)));
        errors.Should().OnlyContain(error => error == null);
        model.ResetState();
        model.Predict(input).ToArray<float>().Should().Equal(first);
    }

    [Fact]
    public void A_stateful_model_that_another_thread_trains_is_not_run()
    {
        using var model = Sequential.Input(3, 2).Apply(new LSTM(5) { Stateful = true }).Build("stateful").ToModel(Device.Cpu, seed: 1);
        model.Compile(Optimizer.Sgd(), Loss.MeanSquaredError());
        var input = NDArray.Zeros(DataType.Float32, 4, 3, 2);
        var data = Dataset.FromArrays(input, NDArray.Zeros(DataType.Float32, 4, 5));
        var errors = new List<Exception?>();
        var calls = new LambdaCallback
        {
            EpochEnd = (context, _) =>
            {
                errors.Add(Elsewhere(() => context.Model.Predict(input)));
                errors.Add(Elsewhere(() => context.Model.Evaluate(data, 4)));
                context.Model.Predict(input);
                context.Model.ResetState();
            },
        };
        model.Fit(data, new FitOptions { BatchSize = 4, Callbacks = [calls] });
        errors.Should().AllBeOfType<ModelStateException>().And.HaveCount(2);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void A_generator_without_samples_to_give_is_named(int ahead)
    {
        using var model = Cnn.Small.Compiled();
        var nothing = DataStream.FromGenerator(_ => null!);
        var failing = DataStream.FromGenerator(_ => throw new InvalidOperationException("mine"));
        DataStreamException Error(DataStream stream)
            => model.Invoking(m => m.Fit(ahead == 0 ? stream : stream.Prefetch(ahead))).Should().Throw<DataStreamException>().Which;
        Error(nothing).InnerException.Should().BeOfType<DeepGpuArgumentException>();
        Error(failing).InnerException.Should().BeOfType<InvalidOperationException>().Which.Message.Should().Be("mine");
    }

    [Fact]
    public void A_cancelled_task_is_cancelled_by_the_token_it_was_given()
    {
        using var model = Cnn.Small.Compiled();
        using var cancellation = new CancellationTokenSource();
        var cancelling = new LambdaCallback { BatchEnd = _ => cancellation.Cancel() };
        var task = model.FitAsync(Data, new FitOptions { Epochs = 9, BatchSize = 8, Callbacks = [cancelling] }, cancellation.Token);
        ((IAsyncResult)task).AsyncWaitHandle.WaitOne();
        task.Status.Should().Be(TaskStatus.Canceled);
    }

    [Fact]
    public void Layers_over_a_stream_are_kept_while_another_reading_uses_them()
    {
        NDArray Image(int i) => NDArray.Zeros(DataType.Float32, 8 + i % 5, 9, 3);
        var stream = DataStream.FromFunction(40, i => new Sample(Image(i))).Apply(new RandomRotation(0.2), new RandomZoom(0.3));
        var counts = new System.Collections.Concurrent.ConcurrentBag<int>();
        Parallel.For(0, 4, _ => counts.Add(stream.Batches(1, batchSize: 1).Count()));
        counts.Should().AllBeEquivalentTo(40);
    }

    /// <summary>Repeats a call on one thread until another call was made on a second one; the first may be refused because the model is
    /// gone.</summary>
    private static void Meet(Action<Model> repeated, Action<Model> once)
    {
        for (var i = 0; i < 60; i++)
        {
            using var model = Cnn.Small.Compiled();
            using var begun = new CountdownEvent(2);
            var done = false;
            Exception? error = null;
            var thread = new Thread(() =>
            {
                begun.Signal();
                error = Record.Exception(() => { while (!Volatile.Read(ref done)) repeated(model); repeated(model); });
            });
            thread.Start();
            begun.Signal();
            begun.Wait();
            once(model);
            Volatile.Write(ref done, true);
            thread.Join();
            (error is null or ObjectDisposedException).Should().BeTrue($"{error}");
        }
    }

    private static void Compile(Model model) => model.Compile(Optimizer.Adam(), Loss.SparseCategoricalCrossentropy());

    private static Exception? Elsewhere(Action call)
    {
        Exception? error = null;
        var thread = new Thread(() => error = Record.Exception(call));
        thread.Start();
        thread.Join();
        return error;
    }
}

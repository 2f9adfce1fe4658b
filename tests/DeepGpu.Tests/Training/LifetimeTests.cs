using DeepGpu.Models;
using TorchSharp;

namespace DeepGpu.Tests.Training;

/// <summary>RELIABILITY G80, G83, G85, G86: nothing native is left behind, whatever ends a call;
/// a model is used from several threads.</summary>
public class LifetimeTests
{
    private static readonly (Dataset Train, Dataset Test) Data = Datasets.GeneratedDigits(96, 64);

    private static long Live => DisposeScopeManager.Statistics.ThreadTotalLiveCount;

    [Fact]
    public void A_thousand_steps_leave_the_number_of_tensors_as_it_was()
    {
        using var model = Cnn.Small.Compiled();
        var counts = new HashSet<long>();
        model.Fit(Data.Train.Take(64), new FitOptions
        {
            Epochs = 500,
            Callbacks = [new LambdaCallback { EpochEnd = (context, _) => { if (context.Epoch > 1) counts.Add(Live); } }]
        });
        counts.Should().ContainSingle();
        var before = Live;
        for (var i = 0; i < 500; i++) model.Predict(Data.Test.Input, batchSize: 64);
        Live.Should().Be(before);
    }

    [Theory]
    [InlineData("forward")]
    [InlineData("backward")]
    [InlineData("metrics")]
    [InlineData("step")]
    public void An_exception_in_a_step_leaves_nothing(string phase)
    {
        using var model = Cnn.Small.Compiled();
        model.Fit(Data.Train);
        var before = Live;
        var failing = new Watching((reached, _) => { if (reached == phase) throw new InvalidOperationException("mine"); });
        model.Invoking(m => m.Fit(Data.Train, new FitOptions { Watch = failing })).Should().Throw<InvalidOperationException>();
        foreach (var weight in model.Weights) weight.Tensor.grad = null;
        Live.Should().Be(before);
        model.Fit(Data.Train).Epochs.Should().Be(1);
    }

    [Fact]
    public void An_exception_of_a_callback_or_metric_leaves_nothing()
    {
        using var model = Cnn.Small.ToModel(Device.Cpu, seed: 1);
        var fails = false;
        model.Compile(Optimizer.Adam(), Loss.SparseCategoricalCrossentropy(),
            Metric.Of("mine", (_, output) => fails ? throw new InvalidOperationException("mine") : output.sum([-1])));
        model.Fit(Data.Train);
        var before = Live;
        model.Invoking(m => m.Fit(Data.Train,
            new FitOptions { Callbacks = [new LambdaCallback { BatchBegin = _ => throw new InvalidOperationException("mine") }] }))
            .Should().Throw<CallbackException>().WithInnerException<InvalidOperationException>();
        fails = true;
        model.Invoking(m => m.Fit(Data.Train)).Should().Throw<InvalidOperationException>();
        model.Invoking(m => m.Evaluate(Data.Test)).Should().Throw<InvalidOperationException>();
        foreach (var weight in model.Weights) weight.Tensor.grad = null;
        Live.Should().Be(before);
    }

    [Fact]
    public void Cancelling_returns_after_the_batch_and_leaves_nothing()
    {
        using var model = Cnn.Small.Compiled();
        model.Fit(Data.Train);
        var before = Live;
        using var cancellation = new CancellationTokenSource();
        var steps = 0;
        var cancelling = new LambdaCallback { BatchEnd = _ => { if (++steps == 2) cancellation.Cancel(); } };
        model.Invoking(m => m.Fit(Data.Train, new FitOptions { Epochs = 9, Callbacks = [cancelling] }, cancellation.Token))
            .Should().Throw<OperationCanceledException>();
        model.Invoking(m => m.Evaluate(Data.Test, cancellationToken: cancellation.Token)).Should().Throw<OperationCanceledException>();
        steps.Should().Be(2);
        foreach (var weight in model.Weights) weight.Tensor.grad = null;
        Live.Should().Be(before);
    }

    [Fact]
    public void Batches_that_are_not_read_to_the_end_leave_nothing()
    {
        var stream = Data.Train.ToStream().Shuffle(16, seed: 1).Prefetch();
        var before = Live;
        foreach (var _ in stream.Batches(1, batchSize: 8).Take(1))
        {
        }

        Live.Should().Be(before);
    }

    [Fact]
    public void Predictions_from_eight_threads_are_those_of_one()
    {
        using var model = Cnn.Listing.ToModel(Device.Cpu, seed: 1);
        var expected = model.Predict(Data.Test.Input).ToArray<float>();
        var wrong = 0;
        Threads(8, () =>
        {
            for (var i = 0; i < 5; i++)
                if (!model.Predict(Data.Test.Input).ToArray<float>().SequenceEqual(expected)) Interlocked.Increment(ref wrong);
        });
        wrong.Should().Be(0);
    }

    [Fact]
    public void A_model_disposed_while_it_predicts_refuses_the_next_call()
    {
        var model = Cnn.Small.ToModel(Device.Cpu, seed: 1);
        var (predicted, refused) = (0, 0);
        using var begun = new CountdownEvent(4);
        var disposing = new Thread(() =>
        {
            begun.Wait();
            model.Dispose();
        });
        disposing.Start();
        Threads(4, () =>
        {
            try
            {
                while (true)
                {
                    model.Predict(Data.Test.Input);
                    if (Interlocked.Increment(ref predicted) <= 4) begun.Signal();
                }
            }
            catch (ObjectDisposedException)
            {
                Interlocked.Increment(ref refused);
            }
        });
        disposing.Join();
        refused.Should().Be(4);
    }

    [Fact]
    public void Two_trainings_of_one_model_are_refused_and_of_two_models_kept_apart()
    {
        using var model = Cnn.Small.Compiled(seed: 5);
        using var alone = Cnn.Small.Compiled(seed: 5);
        using var other = Cnn.Small.Compiled(seed: 6);
        alone.Fit(Data.Train, epochs: 3);
        ModelStateException? refused = null;
        var second = new LambdaCallback
        {
            EpochBegin = _ => refused = model.Invoking(m => m.Fit(Data.Train)).Should().Throw<ModelStateException>().Which
        };
        var beside = new Thread(() => other.Fit(Data.Train, epochs: 3));
        beside.Start();
        model.Fit(Data.Train, new FitOptions { Epochs = 3, Callbacks = [second] });
        beside.Join();
        refused!.Fault.Code.Should().Be("already_training");
        model.Weights.SelectMany(weight => weight.ToArray().ToArray<float>())
            .Should().Equal(alone.Weights.SelectMany(weight => weight.ToArray().ToArray<float>()));
    }

    private static void Threads(int count, ThreadStart work)
    {
        var threads = Enumerable.Range(0, count).Select(_ => new Thread(work)).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
    }
}

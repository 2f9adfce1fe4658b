using DeepGpu.Testing;
using TorchSharp;

namespace DeepGpu.Tests.Training;

public class FitTests
{
    [Fact]
    public void The_listing_learns_generated_digits()
    {
        var (train, test) = Datasets.GeneratedDigits(trainCount: 2_000, testCount: 500);
        using var model = Cnn.Listing.Compiled();
        var history = model.Fit(train, epochs: 2, validation: test);
        history["val_accuracy"][^1].Should().BeGreaterThan(0.95);
        history["loss"][1].Should().BeLessThan(history["loss"][0]);
        history.Names.Should().BeEquivalentTo("loss", "accuracy", "val_loss", "val_accuracy");
    }

    [Fact]
    public void The_listing_learns_real_handwriting()
    {
        ReferenceData.Path("data", "mnist");
        var (train, test) = Datasets.Mnist();
        using var model = Cnn.Listing.Compiled();
        model.Fit(train.Take(12_000));
        model.Evaluate(test.Take(2_000), batchSize: 256)["accuracy"].Should().BeGreaterThan(0.93);
    }

    [Fact]
    public void One_hot_and_index_targets_give_the_same_training()
    {
        var (train, _) = Datasets.GeneratedDigits(200, 1);
        using var sparse = Cnn.Small.Compiled();
        using var oneHot = Cnn.Small.Compiled(Loss.CategoricalCrossentropy());
        var (a, b) = (sparse.Fit(train, epochs: 2), oneHot.Fit(train.OneHot(10), epochs: 2));
        a["loss"].Zip(b["loss"]).Should().OnlyContain(pair => Math.Abs(pair.First - pair.Second) < 1e-5);
        a["accuracy"].Should().Equal(b["accuracy"]);
    }

    [Fact]
    public void A_seed_fixes_everything_to_the_last_bit()
    {
        var (train, _) = Datasets.GeneratedDigits(300, 1);
        var weights = Enumerable.Range(0, 2).Select(_ =>
        {
            using var model = Cnn.Small.Compiled(seed: 7);
            model.Fit(train, epochs: 2);
            return model.Weights.SelectMany(w => w.ToArray().Bytes.ToArray()).ToArray();
        }).ToList();
        weights[0].Should().Equal(weights[1]);
    }

    [Fact]
    public void No_tensor_is_left_alive_after_fit_evaluate_and_predict()
    {
        var (train, test) = Datasets.GeneratedDigits(100, 50);
        using var model = Cnn.Small.Compiled();
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        model.Fit(train, epochs: 2, validation: test);
        model.Evaluate(test);
        model.Predict(test.Input);
        DisposeScopeManager.Statistics.ThreadTotalLiveCount.Should().Be(before);
    }

    [Fact]
    public void A_model_leaves_nothing_alive_when_it_is_disposed()
    {
        var (train, _) = Datasets.GeneratedDigits(64, 1);
        Cnn.Small.Compiled().Dispose();
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        using (var model = Cnn.Small.Compiled()) model.Fit(train);
        DisposeScopeManager.Statistics.ThreadTotalLiveCount.Should().Be(before);
    }

    [Fact]
    public void Progress_is_told_at_each_epochs_end()
    {
        var (train, test) = Datasets.GeneratedDigits(64, 32);
        using var model = Cnn.Small.Compiled();
        var ends = new List<TrainingProgress>();
        model.Fit(train, epochs: 2, validation: test, progress: new Recorder(p => { if (p.IsEpochEnd) ends.Add(p); }));
        ends.Select(p => (p.Epoch, p.Epochs, p.Batch, p.Batches)).Should().Equal((1, 2, 2, 2), (2, 2, 2, 2));
        ends[0].Logs.Keys.Should().BeEquivalentTo("loss", "accuracy", "val_loss", "val_accuracy");
    }

    [Fact]
    public void Cancelling_stops_and_leaves_a_usable_model()
    {
        var (train, test) = Datasets.GeneratedDigits(64, 32);
        using var model = Cnn.Small.Compiled();
        using var cancellation = new CancellationTokenSource();
        FluentActions.Invoking(() =>
            model.Fit(train, epochs: 100, progress: new Recorder(_ => cancellation.Cancel()), cancellationToken: cancellation.Token))
            .Should().Throw<OperationCanceledException>();
        model.Predict(test.Input).Shape.Should().Equal(32, 10);
    }

    private sealed class Recorder(Action<TrainingProgress> record) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => record(value);
    }
}

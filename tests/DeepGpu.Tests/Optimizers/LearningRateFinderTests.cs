using DeepGpu.Models;
using TorchSharp;

namespace DeepGpu.Tests.Training;

public class LearningRateFinderTests
{
    private static readonly DataSource Digits = Datasets.GeneratedDigits(320, 1).Train;

    [Fact]
    public void The_rates_grow_by_equal_factors_up_to_where_the_loss_diverges()
    {
        using var model = Cnn.Small.Compiled();
        var curve = new LearningRateFinder { MaximumRate = 1000 }.Find(model, Digits);
        curve.Diverged.Should().BeTrue();
        curve.Points.Count.Should().BeInRange(20, 99);
        curve.Points[0].LearningRate.Should().BeApproximately(1e-7, 1e-12);
        curve.Points.Zip(curve.Points.Skip(1), (a, b) => b.LearningRate / a.LearningRate)
            .Should().AllSatisfy(factor => factor.Should().BeApproximately(Math.Pow(1e10, 1.0 / 99), 1e-9));
    }

    [Fact]
    public void The_suggestion_lets_the_model_learn_and_lies_before_the_lowest_loss()
    {
        using var model = Cnn.Small.Compiled();
        var curve = new LearningRateFinder().Find(model, Digits);
        curve.Suggestion.Should().BeInRange(1e-5, 1);
        curve.Suggestion.Should().BeLessThan(curve.Points.MinBy(point => point.SmoothedLoss).LearningRate);
        model.Compile(Optimizer.Adam(curve.Suggestion!.Value), Loss.SparseCategoricalCrossentropy());
        var history = model.Fit(Digits, epochs: 3);
        history["loss"][^1].Should().BeLessThan(0.7 * history["loss"][0]);
    }

    [Fact]
    public void Training_after_a_sweep_gives_the_same_bytes_as_without()
    {
        var trained = new[] { true, false }.Select(sweeps =>
        {
            using var model = Cnn.Small.Compiled(seed: 3);
            model.Fit(Digits);
            if (sweeps) new LearningRateFinder { Steps = 30 }.Find(model, Digits);
            model.Fit(Digits);
            return model.Weights.SelectMany(weight => weight.ToArray().Bytes.ToArray()).ToArray();
        }).ToList();
        trained[0].Should().Equal(trained[1]);
    }

    [Fact]
    public void A_sweep_that_is_cancelled_restores_the_weights_and_leaves_no_tensor()
    {
        using var model = Cnn.Small.Compiled();
        using var cancelled = new CancellationTokenSource();
        model.Fit(Digits);
        var (before, live) = (model.Weights[0].ToArray().Bytes.ToArray(), DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        cancelled.CancelAfter(30);
        FluentActions.Invoking(() => new LearningRateFinder { Steps = 100_000, MaximumRate = 1e-6 }.Find(model, Digits, cancelled.Token))
            .Should().Throw<OperationCanceledException>();
        model.Weights[0].ToArray().Bytes.ToArray().Should().Equal(before);
        DisposeScopeManager.Statistics.ThreadTotalLiveCount.Should().Be(live);
    }

    [Fact]
    public void The_suggestion_is_the_steepest_descent_over_the_logarithm()
    {
        double[] losses = [2, 2, 2, 1.8, 1, 0.95, 0.9, 3];
        var points = losses.Select((loss, i) => new LearningRatePoint(Math.Pow(10, i - 6), loss, loss)).ToList();
        new LearningRateCurve(points, Diverged: true).Suggestion.Should().BeApproximately(1e-3, 1e-9, "from 2 to 1 around it");
        new LearningRateCurve(points[6..], Diverged: true).Suggestion.Should().BeNull("two points have no slope");
        new LearningRateCurve([.. points.Select(point => point with { SmoothedLoss = point.LearningRate })], Diverged: false)
            .Suggestion.Should().BeNull("the loss never falls");
    }

    [Fact]
    public void The_first_loss_is_that_of_the_first_batch()
    {
        using var model = Cnn.Small.Compiled();
        var one = new LearningRateFinder { Steps = 10, BatchSize = 320, MinimumRate = 1e-12, MaximumRate = 1e-11, Smoothing = 0 }
            .Find(model, Digits);
        one.Points.Should().HaveCount(10).And.OnlyContain(point => point.Loss == point.SmoothedLoss && point.Loss > 1 && point.Loss < 5);
        one.Diverged.Should().BeFalse();
    }

    [Fact]
    public void Nonsense_is_refused()
    {
        using var model = Cnn.Small.Compiled();
        FluentActions.Invoking(() => new LearningRateFinder { MinimumRate = 0 }).Should().Throw<DeepGpuArgumentException>();
        FluentActions.Invoking(() => new LearningRateFinder { Steps = 9 }).Should().Throw<DeepGpuArgumentException>();
        FluentActions.Invoking(() => new LearningRateFinder { DivergenceFactor = 1 }).Should().Throw<DeepGpuArgumentException>();
        FluentActions.Invoking(() => new LearningRateFinder { MinimumRate = 1, MaximumRate = 1 }.Find(model, Digits))
            .Should().Throw<DeepGpuArgumentException>()
            .Which.Message.Should().StartWith("LearningRateFinder: maximumRate must be above the first rate, 1, but is 1.");
        using var raw = Cnn.Small.ToModel(Device.Cpu);
        FluentActions.Invoking(() => new LearningRateFinder().Find(raw, Digits)).Should().Throw<ModelStateException>();
    }
}

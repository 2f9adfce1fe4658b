using TorchSharp;

namespace DeepGpu.Tests.Training;

public class MetricTests
{
    private static readonly float[] Hits = [0, 1, 1, 0];
    private static readonly float[] Scores = [0.2f, 0.6f, 0.4f, 0.7f];

    public MetricTests() => TorchRuntime.Start();

    [Fact]
    public void Several_thresholds_give_several_values_in_their_order()
    {
        using var state = Added(Metric.Recall([0.65, 0.3, 0.5]), Hits, Scores);
        state.Results().Should().Equal(0, 1, 0.5);
        FluentActions.Invoking(() => state.Result())
            .Should().Throw<ModelStateException>().WithMessage("Result() reads a metric with one value, but recall has 3. *");
    }

    [Fact]
    public void Scores_of_classes_stay_apart_or_become_one_number()
    {
        using var scope = torch.NewDisposeScope();
        var (target, output) = (torch.tensor(new float[,] { { 1, 0 }, { 0, 1 }, { 1, 0 } }),
            torch.tensor(new float[,] { { 0.9f, 0.1f }, { 0.7f, 0.3f }, { 0.6f, 0.4f } }));
        using var apart = Metric.F1Score().Begin();
        using var mean = Metric.F1Score(MetricAverage.Macro).Begin();
        apart.Add(target, output);
        mean.Add(target, output);
        apart.Results()[0].Should().BeApproximately(0.8, 1e-6);
        apart.Results()[1].Should().Be(0);
        mean.Result().Should().BeApproximately(0.4, 1e-6);
    }

    [Fact]
    public void Sums_go_on_over_batches_and_start_over()
    {
        using var scope = torch.NewDisposeScope();
        using var once = Added(Metric.Auc(), Hits, Scores);
        using var twice = Added(Metric.Auc(), Hits[..2], Scores[..2]);
        twice.Add(torch.tensor(Hits[2..]), torch.tensor(Scores[2..]));
        twice.Result().Should().Be(once.Result());
        twice.Reset();
        twice.Result().Should().Be(0);
    }

    [Theory]
    [InlineData(AucCurve.Roc, 0.5)]
    [InlineData(AucCurve.PrecisionRecallGain, 0.5)]
    public void The_area_of_a_useless_ranking_is_a_half(AucCurve curve, double area)
    {
        using var state = Added(Metric.Auc(curve: curve), [0, 1], [0.3f, 0.3f]);
        state.Result().Should().BeApproximately(area, 1e-6);
    }

    [Fact]
    public void A_metric_leaves_no_tensor_alive()
    {
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        foreach (var metric in (Metric[])[Metric.Auc(multiLabel: true), Metric.FBetaScore(), Metric.R2Score(),
            Metric.MeanIoU(2, sparseYPred: false, sparseYTrue: false), Metric.Precision(topK: 1), Metric.Accuracy(), Metric.Sum()])
        {
            using var scope = torch.NewDisposeScope();
            using var state = metric.Begin();
            for (var i = 0; i < 3; i++)
                state.Add(torch.tensor(new float[,] { { 1, 0 }, { 0, 1 } }), torch.tensor(new float[,] { { 0.4f, 0.6f }, { 0.2f, 0.8f } }));
            state.Results();
        }

        DisposeScopeManager.Statistics.ThreadTotalLiveCount.Should().Be(before);
    }

    [Fact]
    public void Sums_that_were_kept_go_on()
    {
        using var scope = torch.NewDisposeScope();
        using var state = Added(Metric.FBetaScore(threshold: 0.5), [0, 1], [0.9f, 0.8f]);
        using var again = Metric.FBetaScore(threshold: 0.5).Begin();
        again.Restore([.. state.Sums.Select(Tensors.ToArray)]);
        again.Results().Should().Equal(state.Results());
    }

    [Fact]
    public void A_class_or_a_number_of_outputs_that_does_not_exist_is_refused()
    {
        FluentActions.Invoking(() => Added(Metric.Precision(topK: 5), Hits, Scores))
            .Should().Throw<TrainingDataException>().WithMessage("precision needs at least 5 outputs a sample,*");
        FluentActions.Invoking(() => Added(Metric.Recall(classId: 2), Hits, Scores))
            .Should().Throw<TrainingDataException>().WithMessage("recall needs an output with a class 2,*");
        FluentActions.Invoking(() => Metric.Precision([0.5, 1.5])).Should().Throw<DeepGpuArgumentException>()
            .WithMessage("Precision: thresholds must be one or more numbers from 0 to 1, but is [0.5, 1.5].*");
        FluentActions.Invoking(() => Metric.IoU(2, [2])).Should().Throw<DeepGpuArgumentException>();
    }

    private static MetricState Added(Metric metric, float[] targets, float[] outputs)
    {
        using var scope = torch.NewDisposeScope();
        var state = metric.Begin();
        state.Add(torch.tensor(targets), torch.tensor(outputs));
        return state;
    }
}

namespace DeepGpu.Tests.Training;

public class ReportTests
{
    private static readonly NDArray Targets = NDArray.From<int>([0, 0, 1, 2, 2, 2], 6);
    private static readonly NDArray Outputs = NDArray.From<float>(
        [0.9f, 0, 0.1f, 0.2f, 0.8f, 0, 0, 1, 0, 0, 0, 1, 0.1f, 0.1f, 0.8f, 0.5f, 0.3f, 0.2f], 6, 3);

    [Fact]
    public void A_matrix_counts_what_was_taken_for_what()
    {
        var matrix = ConfusionMatrix.Of(Targets, Outputs, ["cat", "dog", "owl"]);
        (matrix[0, 0], matrix[0, 1], matrix[2, 0], matrix[2, 2], matrix.Total).Should().Be((1, 1, 1, 2, 6));
        matrix.Accuracy.Should().BeApproximately(4 / 6.0, 1e-12);
        matrix.ToString().Should().Be(string.Join('\n',
            "target \\ predicted  cat  dog  owl",
            "               cat    1    1    0",
            "               dog    0    1    0",
            "               owl    1    0    2"));
    }

    [Fact]
    public void A_report_has_the_scores_of_each_class_and_their_means()
    {
        var report = ConfusionMatrix.Of(Targets, Outputs, ["cat", "dog", "owl"]).Report();
        report.Classes[1].Should().Be(new ClassScores("dog", 0.5, 1, 2 / 3.0, 1));
        report.ToString().Should().Be(string.Join('\n',
            "                  precision  recall     f1  support",
            "             cat      0.500   0.500  0.500        2",
            "             dog      0.500   1.000  0.667        1",
            "             owl      1.000   0.667  0.800        3",
            "        accuracy                     0.667        6",
            "   macro average      0.667   0.722  0.656        6",
            "weighted average      0.750   0.667  0.678        6"));
    }

    [Fact]
    public void One_hot_targets_and_index_targets_give_the_same()
    {
        var rows = Dataset.FromArrays(Outputs, Targets).OneHot(3).Targets[0];
        ConfusionMatrix.Of(rows, Outputs).ToString().Should().Be(ConfusionMatrix.Of(Targets, Outputs).ToString());
    }

    [Fact]
    public void One_output_is_compared_with_a_half()
    {
        var matrix = ConfusionMatrix.Of(NDArray.From<float>([1, 0, 1], 3), NDArray.From<float>([0.6f, 0.2f, 0.4f], 3, 1));
        (matrix[0, 0], matrix[1, 0], matrix[1, 1]).Should().Be((1, 1, 1));
    }

    [Fact]
    public void A_model_is_compared_with_its_data()
    {
        var (_, test) = Datasets.GeneratedDigits(1, 70);
        using var model = Cnn.Small.ToModel(Device.Cpu, seed: 1);
        var before = TorchSharp.DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        model.ConfusionMatrix(test).ToString().Should().Be(ConfusionMatrix.Of(test.Targets[0], model.Predict(test.Inputs)[0]).ToString());
        TorchSharp.DisposeScopeManager.Statistics.ThreadTotalLiveCount.Should().Be(before);
    }

    [Fact]
    public void Labels_outside_the_classes_are_refused()
    {
        FluentActions.Invoking(() => ConfusionMatrix.Of(NDArray.From<int>([0, 0, 1, 3, 2, 2], 6), Outputs))
            .Should().Throw<TrainingDataException>()
            .WithMessage("confusion_matrix needs class indices from 0 to 2, but target 3 is 3.*");
        FluentActions.Invoking(() => ConfusionMatrix.Of(Targets, Outputs, ["cat"])).Should().Throw<DeepGpuArgumentException>();
    }
}

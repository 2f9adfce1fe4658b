using DeepGpu.Visuals.Charts;

namespace DeepGpu.Visuals.Tests.Charts;

/// <summary>The curves over thresholds, against counting: for each threshold, each sample.</summary>
public class ThresholdCurveTests
{
    private const int Count = 203;

    private static readonly float[] Targets = [.. Enumerable.Range(0, Count).Select(i => i * 7 % 3 == 0 ? 1f : 0f)];

    /// <summary>With ties, among them some between the classes.</summary>
    private static readonly float[] Scores = [.. Enumerable.Range(0, Count).Select(i => MathF.Round((i * 37 % 101) / 10f) + Targets[i])];

    private static readonly ThresholdCurve Curve = ThresholdCurve
        .Of(NDArray.From<float>(Targets, Count), NDArray.From<float>(Scores, Count, 1));

    [Fact]
    public void Each_threshold_counts_what_a_plain_loop_counts()
    {
        float[] thresholds = [.. Scores.Distinct().OrderDescending()];
        Curve.Points.Should().HaveCount(thresholds.Length + 1);
        for (var t = 0; t < thresholds.Length; t++)
        {
            var (right, wrong) = (0, 0);
            for (var i = 0; i < Count; i++)
            {
                if (Scores[i] < thresholds[t]) continue;
                if (Targets[i] == 1) right++;
                else wrong++;
            }

            Curve.Points[t + 1].Should().Be(new ThresholdPoint((double)wrong / Targets.Count(target => target == 0),
                right / (double)Targets.Count(target => target == 1), (double)right / (right + wrong)));
        }
    }

    [Fact]
    public void The_area_is_the_share_of_pairs_in_the_right_order_ties_counting_half()
    {
        var (pairs, ordered) = (0, 0.0);
        for (var i = 0; i < Count; i++)
        {
            for (var j = 0; j < Count; j++)
            {
                if (Targets[i] != 1 || Targets[j] != 0) continue;
                pairs++;
                ordered += Scores[i] > Scores[j] ? 1 : Scores[i] == Scores[j] ? 0.5 : 0;
            }
        }

        Curve.RocArea.Should().BeApproximately(ordered / pairs, 1e-12);
    }

    [Fact]
    public void The_average_precision_weighs_each_precision_by_the_recall_it_adds()
    {
        var curve = ThresholdCurve.Of(NDArray.From<int>([0, 0, 1, 1], 4), NDArray.From<double>([0.1, 0.4, 0.35, 0.8], 4));
        curve.AveragePrecision.Should().BeApproximately(0.5 * 1 + 0.5 * (2.0 / 3), 1e-12);
        curve.RocArea.Should().BeApproximately(0.75, 1e-12);
    }

    [Theory]
    [InlineData(new[] { 1f, 1f }, new[] { 1f, 2f }, "*one class alone*")]
    [InlineData(new[] { 0f, 2f }, new[] { 1f, 2f }, "*targets such as 2*")]
    [InlineData(new[] { 0f, 1f }, new[] { 1f, float.NaN }, "*no number*")]
    [InlineData(new[] { 0f, 1f }, new[] { 1f }, "*Float32 (2)*Float32 (1)*")]
    public void What_has_no_curve_is_refused(float[] targets, float[] scores, string message)
        => FluentActions.Invoking(() => TrainingCharts.Roc(NDArray.From<float>(targets, targets.Length),
            NDArray.From<float>(scores, scores.Length))).Should().Throw<TrainingDataException>().WithMessage(message);
}

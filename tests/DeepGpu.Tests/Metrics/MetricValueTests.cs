using TorchSharp;

namespace DeepGpu.Tests.Training.Numbers;

/// <summary>Every metric against plain loops, with every option away from its default and weights of every shape that Keras 3
/// takes.</summary>
public class MetricValueTests
{
    private static readonly MetricCase[] Cases = [.. MeanMetricCases.All, .. ThresholdMetricCases.All, .. ScoreMetricCases.All];

    public MetricValueTests() => TorchRuntime.Start();

    public static IEnumerable<ITheoryDataRow> Rows => Cases.Select((c, i) => new TheoryDataRow<int, string>(i, c.Name));

    [Fact]
    public void Every_metric_has_a_value_by_hand()
    {
        var metrics = typeof(Metric).Assembly.GetExportedTypes().Where(type => type.IsSubclassOf(typeof(Metric)) && !type.IsAbstract);
        metrics.Select(type => type.Name).Except(Cases.Select(c => c.Metric.GetType().Name)).Should().BeEmpty();
    }

    [Fact]
    public void The_mean_of_every_loss_has_a_value_by_hand()
    {
        var losses = typeof(Loss).Assembly.GetExportedTypes().Where(type => type.IsSubclassOf(typeof(Loss)) && !type.IsAbstract);
        losses.Select(type => type.Name)
            .Except(Cases.Select(c => c.Metric).OfType<LossMetric>().Select(metric => metric.Loss.GetType().Name)).Should()
            .BeEquivalentTo(LossValueTests.Elsewhere);
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_metric_gives_what_plain_loops_give(int index, string name)
    {
        using var scope = torch.NewDisposeScope();
        var c = Cases[index];
        c.Name.Should().Be(name);
        using var state = c.Metric.Begin();
        foreach (var call in c.Calls) state.Add(call.Target.Tensor(), call.Output.Tensor(), call.Weights?.Tensor());
        var results = state.Results();
        results.Should().HaveCount(c.Expected.Count);
        for (var i = 0; i < results.Count; i++) results[i]
            .Should().BeApproximately(c.Expected[i], 1e-9 * Math.Max(1, Math.Abs(c.Expected[i])), "value {0}", i);
    }
}

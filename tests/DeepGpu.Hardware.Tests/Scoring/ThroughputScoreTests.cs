namespace DeepGpu.Hardware.Tests.Scoring;

public class ThroughputScoreTests(ITestOutputHelper output)
{
    [Fact]
    public void It_orders_cards_as_published_training_does_for_every_model_and_precision()
    {
        var groups = MeasuredTraining.Rows().GroupBy(row => (row.Model, row.Precision)).Where(group => group.Count() > 1).ToList();
        var correlations = groups.Select(group => (group.Key, Count: group.Count(), Value: Correlation(group))).ToList();
        foreach (var (key, count, value) in correlations)
            output.WriteLine($"{key.Model}, {key.Precision}: {value:0.000} over {count} cards");
        correlations.Should().HaveCountGreaterThanOrEqualTo(11).And.OnlyContain(c => c.Value >= 0.9);
    }

    private static double Correlation(IGrouping<(string Model, string Precision), MeasuredTraining.Row> group)
    {
        var scores = GpuAdvisor.Default.Rank(WorkloadProfile.Cnn, precision: MeasuredTraining.Format(group.Key.Precision))
            .All.ToDictionary(s => s.Card.Name, s => s.Throughput);
        return MeasuredTraining.Spearman([.. group.Select(row => scores[GpuCatalog.Default.Find(row.Gpu).Name])],
            [.. group.Select(row => row.Value)]);
    }
}

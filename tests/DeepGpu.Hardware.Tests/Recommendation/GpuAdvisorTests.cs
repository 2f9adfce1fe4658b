namespace DeepGpu.Hardware.Tests.Recommendations;

public class GpuAdvisorTests
{
    private static readonly Workload Training = new() { Name = "cnn", Task = WorkloadTask.Training, BatchSize = 64, ParameterCount = 93_322, TrainableParameterCount = 93_322, Operations = [] };

    [Theory]
    [InlineData("H100 SXM5", "A100 SXM4 80GB")]
    [InlineData("A100 SXM4 80GB", "Tesla V100 SXM2 32GB")]
    [InlineData("Tesla V100 SXM2 16GB", "T4")]
    [InlineData("RTX 4090", "RTX 3090")]
    [InlineData("RTX 3090", "RTX 3080")]
    [InlineData("RTX 3080", "RTX 2080 Ti")]
    [InlineData("RTX 2080 Ti", "RTX 2070")]
    public void A_card_known_to_be_faster_ranks_higher(string better, string worse)
    {
        var names = GpuAdvisor.Default.Recommend(Training).Cards.Select(c => c.Card.Name).ToList();
        names.IndexOf(GpuCatalog.Default.Find(better).Name).Should().BeLessThan(names.IndexOf(GpuCatalog.Default.Find(worse).Name));
    }

    [Fact]
    public void A_card_that_fails_a_requirement_is_listed_apart_with_the_rule()
    {
        var result = GpuAdvisor.Default.Recommend(Training, new() { MaxPower = Power.FromWatts(75) });
        result.Cards.Should().NotBeEmpty().And.OnlyContain(c => c.Card.Tdp <= Power.FromWatts(75));
        result.Rejected.Should().ContainEquivalentOf(new { Rule = "maximum power", Required = "75 W", Actual = "350 W" });
        (result.Cards.Count + result.Rejected.Count).Should().Be(GpuCatalog.Default.Cards.Length);
    }

    [Fact]
    public void The_text_names_the_workload_and_what_decided()
        => GpuAdvisor.Default.Recommend(Training).ToString().Should().StartWith("GPUs for training 'cnn' (batch 64, Float32): ").And.Contain("GB/s");
}

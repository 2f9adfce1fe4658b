namespace DeepGpu.Hardware.Tests.Scoring;

public class CriteriaTests
{
    private static readonly DateOnly Today = new(2026, 11, 1);

    [Theory]
    [InlineData(NumberFormat.Float32, 35.58)]
    [InlineData(NumberFormat.Float16, 71.16)]
    [InlineData(NumberFormat.Int8, 284.6)]
    public void Compute_is_judged_at_the_precision_asked_for(NumberFormat format, double teraflops)
        => new ComputeCriterion().Measure(Candidate("RTX 3090") with { Precision = format }).Should().BeApproximately(teraflops, 0.1);

    [Fact]
    public void Power_is_what_the_memory_leaves_so_that_more_memory_leaves_less()
        => new PowerCriterion().Measure(Candidate("Quadro RTX 6000"))
            .Should().BeGreaterThan(new PowerCriterion().Measure(Candidate("Quadro RTX 8000"))!.Value);

    [Fact]
    public void Beyond_24_GiB_more_memory_makes_nothing_faster_but_lets_more_fit()
    {
        new BatchCriterion().Measure(Candidate("A100 SXM4 80GB")).Should().Be(24);
        new VramCriterion().Measure(Candidate("A100 SXM4 80GB")).Should().Be(80);
    }

    [Fact]
    public void Efficiency_and_price_are_throughput_for_watts_and_dollars()
    {
        new EfficiencyCriterion().Measure(Candidate("RTX 3090") with { Throughput = 35 }).Should().Be(10);
        new PriceCriterion().Measure(Candidate("RTX 3090") with { Throughput = 14.99 }).Should().Be(10);
        new EfficiencyCriterion().Measure(Candidate("M3 Max")).Should().BeNull();
        new PriceCriterion().Measure(Candidate("M3 Max")).Should().BeNull();
    }

    [Fact]
    public void Without_a_link_of_its_own_a_card_talks_over_PCI_Express_both_ways()
    {
        new InterconnectCriterion().Measure(Candidate("H100 SXM5")).Should().Be(900);
        new InterconnectCriterion().Measure(Candidate("RTX 4090")).Should().BeApproximately(63, 0.1);
    }

    [Fact]
    public void Software_counts_platform_frameworks_and_whether_support_continues()
    {
        Software("RTX 4090").Should().Be(1);
        Software("GTX 1080 Ti").Should().Be(0.5);
        Software("RX 7900 XTX").Should().Be(0.8);
        Software("RX 6600").Should().Be(0.4);
    }

    [Fact]
    public void Every_platform_has_a_maturity()
        => Enum.GetValues<GpuPlatform>().Should()
            .OnlyContain(platform => ScoringData.Maturity[platform] > 0 && ScoringData.Maturity[platform] <= 1);

    [Fact]
    public void Passive_cards_and_server_modules_go_less_easily_into_a_computer()
        => new[] { "RTX 4070", "RTX 3090", "Tesla T4", "H100 SXM5" }.Select(name => new FormFactorCriterion().Measure(Candidate(name)))
            .Should().BeInDescendingOrder().And.OnlyHaveUniqueItems();

    [Fact]
    public void A_card_of_seven_years_counts_half_and_one_without_support_half_of_that()
    {
        var age = new AgeCriterion();
        age.Score(Candidate("RTX 4090"), 7, 10).Should().Be(0.5);
        age.Score(Candidate("GTX 1080 Ti"), 7, 10).Should().Be(0.25);
        age.Measure(Candidate("RTX 3090")).Should().BeApproximately(6.2, 0.1);
    }

    private static double? Software(string name) => new SoftwareCriterion().Measure(Candidate(name));

    private static GpuCandidate Candidate(string name) => new(GpuCatalog.Default.Find(name), NumberFormat.Float32, Today, 50);
}

namespace DeepGpu.Hardware.Tests.Recommendations;

public class GpuAdvisorTests
{
    [Fact]
    public void A_75_W_limit_leaves_only_cards_that_meet_it()
    {
        var result = GpuAdvisor.Default.Rank(WorkloadProfile.Cnn, requirements: new() { MaxPower = Power.FromWatts(75), AnyAvailability = true });
        result.Cards.Should().NotBeEmpty().And.OnlyContain(c => c.Card.Tdp <= Power.FromWatts(75));
        result.Rejected.Should()
            .Contain(r => r.Card.Name == "GeForce RTX 3090" && r.Rule == "maximum power" && r.Required == "75 W" && r.Actual == "350 W");
        result.Unjudged.Should().Contain(r => r.Card.Name == "M3 Max" && r.Rule == "maximum power" && r.Actual == "unknown");
        result.Rejected.Should().NotContain(r => r.Failures.Any(failure => failure.IsUnknown));
        (result.Cards.Count + result.Rejected.Count + result.Unjudged.Count).Should().Be(GpuCatalog.Default.Cards.Length);
    }

    [Fact]
    public void A_ROCm_only_requirement_leaves_AMD_cards_that_a_release_supports()
    {
        var result = GpuAdvisor.Default.Rank(WorkloadProfile.Cnn, requirements: new() { Software = GpuPlatform.Rocm });
        result.Cards.Should().NotBeEmpty().And.OnlyContain(c => c.Card.Vendor == GpuVendor.Amd);
        result.Rejected.Should().Contain(r => r.Card.Name == "Radeon RX 6600" && r.Actual == "no Rocm release names the card");
    }

    [Fact]
    public void An_RX_Vega_56_is_not_recommended_for_a_16_GiB_need()
    {
        var result = GpuAdvisor.Default.Rank(WorkloadProfile.Cnn, requirements: new() { MinimumVram = ByteSize.FromGibibytes(16) });
        result.Cards.Should().NotContain(c => c.Card.Name == "Radeon RX Vega 56");
        result.Rejected.Single(r => r.Card.Name == "Radeon RX Vega 56")
            .Should().Match<RejectedGpu>(r => r.Rule == "minimum VRAM" && r.Required == "16 GiB" && r.Actual == "8 GiB");
    }

    [Fact]
    public void The_verdict_explains_itself_in_one_paragraph()
        => GpuAdvisor.Default.Rank(WorkloadProfile.Cnn,
            requirements: new() { MaxPower = Power.FromWatts(150), Host = new(4, 16), Segment = GpuSegment.Desktop }).Explain().Should()
            .MatchRegex(@"^GeForce RTX \S+( \S+)* is the best of \d+ for training of CNN: images and video \(Float32\): .+\. "
                + @"The runner-up, .+, is better in .+\. What would change the verdict: .+\.$");

    [Fact]
    public void A_table_shows_what_each_criterion_contributed_beside_the_runner_up()
    {
        var result = GpuAdvisor.Default.Rank(WorkloadProfile.Cnn, requirements: new() { Vendor = GpuVendor.Intel, AnyAvailability = true });
        (100 * result.Best!.Criteria.Aggregate(1.0, (product, criterion) => product * criterion.Contribution))
            .Should().BeApproximately(result.Best.Score, 1e-6);
        var lines = result.Table().Split(Environment.NewLine);
        lines.Should().HaveCount(1 + GpuScorer.BuiltInCriteria.Count + 1);
        lines[0].Should().MatchRegex($"^criterion +weight +{result.Best.Card.Name} +{result.RunnerUp!.Card.Name}$");
        lines.Single(line => line.StartsWith("bandwidth", StringComparison.Ordinal)).Should().MatchRegex(
            $@"^bandwidth +[\d.]+ % +{result.Best.Card.Bandwidth.GigabytesPerSecond:0.##} x   0\.\d{{3}} +"
                + $@"{result.RunnerUp.Card.Bandwidth.GigabytesPerSecond:0.##} x   [01]\.\d{{3}}  GB/s$");
        lines.Single(line => line.StartsWith("price", StringComparison.Ordinal)).Should().Contain("unknown x");
        lines[^1].Should().MatchRegex(@"^score +100 % +[\d.]+ +[\d.]+$");
        GpuAdvisor.Default.Rank(WorkloadProfile.Cnn, requirements: new() { MinimumVram = ByteSize.FromGibibytes(2000) }).Table().Should()
            .BeEmpty();
    }

    [Fact]
    public void It_says_what_would_change_the_verdict_and_only_that()
    {
        var result = GpuAdvisor.Default.Rank(WorkloadProfile.Cnn, requirements: new() { Segment = GpuSegment.Workstation });
        var changes = result.WhatWouldChangeTheVerdict;
        changes.Should().Contain(change => change.Change == "with a 300 W budget")
            .And.OnlyContain(change => change.Card != result.Best!.Card);
        foreach (var change in changes.Where(c => c.Change.EndsWith("W budget", StringComparison.Ordinal)))
        {
            var watts = double.Parse(change.Change.Split(' ')[2], System.Globalization.CultureInfo.InvariantCulture);
            GpuAdvisor.Default
                .Rank(WorkloadProfile.Cnn, requirements: new() { Segment = GpuSegment.Workstation, MaxPower = Power.FromWatts(watts) })
                .Best!.Card.Should().BeSameAs(change.Card);
        }
    }

    [Fact]
    public void Where_no_card_will_do_it_says_which_requirement_to_give_up()
    {
        var result = GpuAdvisor.Default.Rank(WorkloadProfile.Cnn, requirements: new() { MinimumVram = ByteSize.FromGibibytes(1000) });
        (result.Best, result.RunnerUp).Should().Be((null, null));
        result.Explain().Should().StartWith("No card meets every requirement for training of CNN: images and video (Float32). What would "
            + "change the verdict: without the need of 1000 GiB: ");
    }

    [Fact]
    public void The_text_names_the_workload_and_what_decided()
        => GpuAdvisor.Default.Rank(WorkloadProfile.Cnn).ToString().Should()
            .StartWith("GPUs for training of CNN: images and video (Float32): ")
            .And.Contain("GB/s").And.Contain("The runner-up, ");

    [Fact]
    public async Task The_ranking_follows_the_schema()
        => await Schemas.ShouldDescribe("gpu-rank", GpuAdvisor.Default.Rank(WorkloadProfile.Transformer, WorkloadGoal.InferenceLatency,
            NumberFormat.Float8, new() { Vendor = GpuVendor.Nvidia }).ToJson(top: 20));

    [Fact]
    public void Recommending_from_several_threads_gives_the_same()
    {
        var lists = Enumerable.Range(0, 8)
            .AsParallel().Select(_ => GpuAdvisor.Default.Rank(WorkloadProfile.Cnn).Cards.Select(c => c.Card.Name).ToList()).ToList();
        lists.Should().AllBeEquivalentTo(lists[0], options => options.WithStrictOrdering());
    }
}

namespace DeepGpu.Hardware.Tests.Recommendations;

public class ComparisonTests
{
    private static readonly GpuCatalog Catalog = GpuCatalog.Default;

    [Fact]
    public void Two_cards_stand_side_by_side_with_ratios()
    {
        var comparison = GpuAdvisor.Default.Compare(Catalog.Find("RTX 4090"), Catalog.Find("RTX 3090"));
        comparison.Figures.Single(figure => figure.Name == "VRAM").Ratio.Should().Be(1);
        comparison.Figures.Single(figure => figure.Name == "FP32").Ratio.Should().BeApproximately(82.58 / 35.58, 1e-9);
        comparison.Figures.Single(figure => figure.Name == "FP8 matrix")
            .Should().Match<ComparedFigure>(figure => figure.Second == null && figure.Ratio == null);
        comparison.Explain().Should().Be("GeForce RTX 4090 is the faster for training of CNN: images and video (Float32); "
            + "GeForce RTX 3090 is better in power, launch price.");
    }

    [Fact]
    public async Task A_comparison_follows_the_schema()
        => await Schemas.ShouldDescribe("gpu-compare", GpuAdvisor.Default.Compare(Catalog.Find("M3 Max"), Catalog.Find("MI300X")).ToJson());

    [Fact]
    public void A_card_can_be_compared_with_itself_and_with_a_custom_one()
    {
        var card = Catalog.Find("RTX 3090");
        GpuAdvisor.Default.Compare(card, card).Figures.Where(figure => figure.Ratio is not null)
            .Should().OnlyContain(figure => figure.Ratio == 1);
        GpuAdvisor.Default.Compare(card with { Name = "Twin", Aliases = [] }, card)
            .First.Throughput.Should().Be(GpuAdvisor.Default.Compare(card, card).First.Throughput);
    }

    [Fact]
    public async Task Against_a_processor_memory_and_rate_bound_the_gain()
    {
        var versus = GpuVersusCpu.Compare(Catalog.Find("RTX 4090"), Catalog.FindCpu("EPYC 7763"));
        versus.MemoryRatio.Should().BeApproximately(1010 / 204.8, 1e-9);
        versus.ComputeRatio.Should().BeApproximately(82.58 / 5.018, 0.01);
        versus.IsWorthIt.Should().BeTrue();
        versus.BreakEvenFlop.Should().BeApproximately(7.5e-6 * 5.018e12 / (1 - (5.018 / 82.58)), 1e4);
        versus.Explain().Should().Be("GeForce RTX 4090 moves data 4.9 times and computes 16.5 times as fast as EPYC 7763; it is worth it "
            + "where single operations exceed about 40 million floating-point operations; smaller ones cost more to start than to do.");
        await Schemas.ShouldDescribe("gpu-versus-cpu", versus.ToJson());
    }

    [Fact]
    public void A_small_card_is_not_worth_it_beside_a_large_processor()
    {
        var versus = GpuVersusCpu.Compare(Catalog.Find("GTX 1050 Ti"), Catalog.FindCpu("EPYC 9654"));
        versus.IsWorthIt.Should().BeFalse();
        versus.BreakEvenFlop.Should().BeNull();
        versus.Explain().Should().EndWith("it gains little: keep to the processor, or choose another card.");
    }

    [Fact]
    public void The_share_of_operations_that_gain_counts_those_above_the_break_even()
    {
        var versus = GpuVersusCpu.Compare(Catalog.Find("RTX 4090"), Catalog.FindCpu("EPYC 7763"));
        Operation Of(double flops, int steps = 1)
            => new() { Name = "o", Kind = OperationKind.MatrixMultiply, ForwardFlops = flops, SequentialSteps = steps };
        versus.ShareThatGains(new()
        {
            Name = "m",
            Task = WorkloadTask.Inference,
            BatchSize = 1,
            ParameterCount = 1,
            TrainableParameterCount = 1,
            Operations = [Of(1e9), Of(1e3), Of(1e9, steps: 1000), Of(0)]
        })
            .Should().BeApproximately(1.0 / 3, 1e-9);
    }
}

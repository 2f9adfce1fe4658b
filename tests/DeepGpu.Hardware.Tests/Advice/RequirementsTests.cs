namespace DeepGpu.Hardware.Tests.Recommendations;

public class RequirementsTests
{
    private static readonly GpuSpec Rtx3090 = GpuCatalog.Default.Find("RTX 3090");

    public static TheoryData<string, Requirements, string, string> Failing => new()
    {
        { "precision", new() { Precision = NumberFormat.Float8 }, "Float8", "not supported" },
        { "minimum VRAM", new() { MinimumVram = ByteSize.FromGibibytes(25) }, "25 GiB", "24 GiB" },
        { "maximum power", new() { MaxPower = Power.FromWatts(349) }, "349 W", "350 W" },
        { "maximum system power", new() { MaxSystemPower = Power.FromWatts(900), CardCount = 2 }, "900 W", "950 W" },
        { "power supply", new() { Supply = Power.FromWatts(700) }, "700 W", "750 W" },
        { "slot width", new() { MaxSlotWidth = 2 }, "2 slots", "3 slots" },
        { "length", new() { MaxLengthMillimetres = 300 }, "300 mm", "336 mm" },
        { "cooling", new() { Cooling = GpuCooling.Passive }, "Passive", "Active" },
        { "segment", new() { Segment = GpuSegment.DataCenter }, "DataCenter", "Desktop" },
        { "vendor", new() { Vendor = GpuVendor.Amd }, "Amd", "Nvidia" },
        { "software", new() { Software = GpuPlatform.Rocm }, "Rocm", "Cuda" },
        { "link to the host", new() { Host = new(3, 8), MinimumLink = Bandwidth.FromGigabytesPerSecond(15) }, "15 GB/s", "7.9 GB/s" },
        { "maximum price", new() { MaxPrice = Money.FromDollars(1000) }, "$1000", "$1499" },
    };

    [Theory]
    [MemberData(nameof(Failing))]
    public void A_card_fails_the_rule_with_the_figures(string rule, Requirements requirements, string required, string actual)
    {
        requirements.Check(Rtx3090).Should().ContainSingle().Which.Should().Be(new RequirementFailure(rule, required, actual));
        Requirements.None.Check(Rtx3090).Should().BeEmpty();
    }

    [Fact]
    public void What_exactly_meets_a_limit_passes()
        => new Requirements
        {
            MinimumVram = ByteSize.FromGibibytes(24),
            MaxPower = Power.FromWatts(350),
            Supply = Power.FromWatts(750),
            MaxSlotWidth = 3,
            MaxLengthMillimetres = 336,
            MaxPrice = Money.FromDollars(1499),
            Host = new(5, 16),
            MinimumLink = Bandwidth.FromGigabytesPerSecond(31),
            CurrentToolkit = true
        }
            .Check(Rtx3090).Should().BeEmpty();

    [Fact]
    public void An_old_card_fails_the_need_for_current_toolkits_and_a_module_the_need_for_a_slot()
    {
        new Requirements { CurrentToolkit = true }.Check(GpuCatalog.Default.Find("GTX 1080 Ti"))
            .Should().ContainSingle().Which.Actual.Should().Be("12.9 was the last");
        new Requirements { Host = new(5, 16) }.Check(GpuCatalog.Default.Find("H100 SXM5"))
            .Should().ContainSingle().Which.Should().Be(new RequirementFailure("PCIe slot", "a PCI Express card", "Sxm"));
    }

    [Fact]
    public void Every_failed_rule_is_listed()
        => new Requirements { MinimumVram = ByteSize.FromGibibytes(48), MaxPower = Power.FromWatts(75), Vendor = GpuVendor.Intel }
            .Check(Rtx3090).Select(failure => failure.Rule).Should().Equal("minimum VRAM", "maximum power", "vendor");

    [Fact]
    public void An_unknown_fact_fails_the_rule_that_needs_it()
        => new Requirements { MaxPrice = Money.FromDollars(1e6) }.Check(GpuCatalog.Default.Find("M3 Max"))
            .Should().ContainSingle().Which.Actual.Should().Be("unknown");
}

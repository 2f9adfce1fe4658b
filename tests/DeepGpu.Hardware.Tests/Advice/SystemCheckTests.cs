namespace DeepGpu.Hardware.Tests.Recommendations;

public class SystemCheckTests
{
    private static readonly Computer Desktop = new() { Supply = Power.FromWatts(850) };

    [Fact]
    public void One_desktop_card_in_an_ordinary_computer_is_fine()
        => SystemCheck.Check(Card("RTX 3090"), 1, Desktop).Should().OnlyContain(finding => finding.Level == SystemFindingLevel.Ok);

    [Theory]
    [InlineData(800, SystemFindingLevel.Ok)]
    [InlineData(700, SystemFindingLevel.Warning)]
    [InlineData(500, SystemFindingLevel.Problem)]
    public void A_supply_needs_a_fifth_in_reserve(double watts, SystemFindingLevel level)
        => Finding("RTX 3090", 1, Desktop with { Supply = Power.FromWatts(watts) }, "supply").Level.Should().Be(level);

    [Fact]
    public void Two_cards_on_a_desktop_processor_share_its_lanes()
        => Finding("RTX 3090", 2, Desktop, "PCIe").Should()
            .Be(new SystemFinding("PCIe", SystemFindingLevel.Warning, "31.5 GB/s", "15.8 GB/s each (PCIe 4.0 x8)",
                "The link is slower than the card's: loading data and exchanging gradients take longer; work on the card does not."));

    [Fact]
    public void Three_lanes_make_a_link_of_two()
        => Finding("RTX 4060", 5, Desktop, "PCIe").Available.Should().Be("3.9 GB/s each (PCIe 4.0 x2)");

    [Fact]
    public void Three_wide_cards_do_not_fit_into_seven_slots()
        => Finding("RTX 3090", 3, Desktop, "slots").Level.Should().Be(SystemFindingLevel.Problem);

    [Fact]
    public void A_passive_card_needs_a_chassis_that_moves_air()
    {
        Finding("Tesla T4", 1, Desktop, "cooling").Level.Should().Be(SystemFindingLevel.Problem);
        Finding("Tesla T4", 1, Desktop with { HasServerAirflow = true }, "cooling").Level.Should().Be(SystemFindingLevel.Ok);
    }

    [Fact]
    public void Many_cards_with_open_fans_warm_each_other_and_the_room()
    {
        Finding("RTX 2070", 3, Desktop, "cooling").Level.Should().Be(SystemFindingLevel.Warning);
        Finding("RTX 4070", 3, Desktop, "cooling").Should()
            .Match<SystemFinding>(finding => finding.Level == SystemFindingLevel.Unknown && finding.Advice.Contains("side by side"));
        Finding("RTX 4090", 4, Desktop, "room").Needed.Should().Be("a room that carries the heat away");
    }

    [Fact]
    public void A_server_module_does_not_go_into_a_slot()
        => Finding("H100 SXM5", 1, Desktop, "form factor").Level.Should().Be(SystemFindingLevel.Problem);

    [Fact]
    public void What_the_catalogue_does_not_say_is_unknown()
        => SystemCheck.Check(Card("TPU v5e"), 1, Desktop).Should().OnlyContain(finding => finding.Level == SystemFindingLevel.Unknown);

    [Fact]
    public void No_cards_at_all_are_refused()
        => FluentActions.Invoking(() => SystemCheck.Check(Card("RTX 3090"), 0, Desktop)).Should().Throw<DeepGpuArgumentException>()
            .WithMessage("SystemCheck: count must be at least 1, but is 0. Pass a value that is at least 1.");

    private static SystemFinding Finding(string name, int count, Computer computer, string rule)
        => SystemCheck.Check(Card(name), count, computer).Single(finding => finding.Rule == rule);

    private static GpuSpec Card(string name) => GpuCatalog.Default.Find(name);
}

using DeepGpu.Hardware;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace DeepGpu.Visuals.Tests;

public class GpuTablesTests
{
    private static readonly GpuSpec Card = GpuCatalog.Default.Find("V100 SXM2 16GB");

    [Fact]
    public void Details_show_every_known_fact_and_other_figures_but_nothing_unknown()
    {
        var text = Text(GpuTables.Details(Card));
        text.Should().Contain("900 GB/s").And.Contain("125 TFLOPS").And.Contain("NVLink 300 GB/s").And.Contain("9.0 to 12.9").And.Contain("bandwidthGBs: 1130 by techpowerup");
        text.Should().NotContain("LLVM target").And.NotContain("BF16");
    }

    [Fact]
    public void An_unknown_figure_is_a_dash_never_a_zero()
    {
        var text = Text(GpuTables.Specs([GpuCatalog.Default.Find("TPU v5e")]));
        text.Should().Contain("819 GB/s").And.MatchRegex(@"│ - +│ - +│");
    }

    [Fact]
    public void A_ranking_shows_places_scores_and_criteria()
    {
        var ranking = GpuAdvisor.Default.Recommend(WorkloadProfile.Cnn);
        Text(GpuTables.Ranking(ranking, top: 3)).Should().Contain(ranking.Best!.Card.Name).And.Contain("bandwidth").And.NotContain(ranking.Cards[3].Card.Name + " ");
        Text(GpuTables.Criteria(ranking.Best)).Should().Contain("software").And.Contain("%");
    }

    [Fact]
    public void A_comparison_shows_both_cards_and_ratios()
        => Text(GpuTables.Comparison(GpuAdvisor.Default.Compare(GpuCatalog.Default.Find("3090"), GpuCatalog.Default.Find("4090")))).Should().Contain("GeForce RTX 3090").And.Contain("0.93");

    [Fact]
    public async Task Devices_show_their_readings_and_dashes_for_missing_ones()
    {
        using var detector = new GpuDetector([new FakeGpuMachine(new FakeGpu(), new FakeGpu { LostFromCall = 0 })]);
        Text(GpuTables.Devices(await detector.DetectAsync(TestContext.Current.CancellationToken))).Should().Contain("PCIe 4.0 x16").And.Contain("30 W").And.Contain("40 °C").And.MatchRegex(@"│ - +│");
    }

    [Fact]
    public void Names_of_ones_own_are_shown_as_they_are()
        => Text(GpuTables.Specs([Card with { Name = "[red]Mine[/]" }])).Should().Contain("[red]Mine[/]");

    private static string Text(IRenderable table)
    {
        using var writer = new StringWriter();
        var console = AnsiConsole.Create(new() { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(writer) });
        console.Profile.Width = 220;
        console.Write(table);
        return writer.ToString();
    }
}

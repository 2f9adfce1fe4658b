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
        text.Should().Contain("900 GB/s").And.Contain("125 TFLOPS").And.Contain("NVLink 300 GB/s").And.Contain("9.0 to 12.9")
            .And.Contain("bandwidthGBs: 1130 by techpowerup");
        text.Should().NotContain("LLVM target").And.NotContain("BF16");
    }

    [Fact]
    public void A_name_cannot_move_the_cursor_nor_turn_a_row_around()
        => Text(GpuTables.Specs([Card with { Name = "V\u001b[2J\n\u202eX" }]))
            .Should().Contain("V\\u001b[2J\\u000a\\u202eX").And.NotContain("\u001b").And.NotContain("\u202e");

    [Fact]
    public void An_unknown_figure_is_a_dash_never_a_zero()
    {
        var text = Text(GpuTables.Specs([GpuCatalog.Default.Find("TPU v5e")]));
        text.Should().Contain("819 GB/s").And.MatchRegex(@"│ - +│ - +│");
    }

    [Fact]
    public void A_ranking_shows_places_scores_and_criteria()
    {
        var ranking = GpuAdvisor.Default.Rank(WorkloadProfile.Cnn);
        Text(GpuTables.Ranking(ranking, top: 3)).Should().Contain(ranking.Best!.Card.Name).And.Contain("bandwidth")
            .And.NotContain(" " + ranking.Cards[3].Card.Name + " ");
        Text(GpuTables.Criteria(ranking.Best)).Should().Contain("software").And.Contain("%");
    }

    [Theory]
    [InlineData(60)]
    [InlineData(80)]
    [InlineData(160)]
    [InlineData(200)]
    public void A_ranking_fits_the_terminal_a_row_a_card_and_keeps_the_heaviest_criteria(int width)
    {
        var ranking = GpuAdvisor.Default.Rank(WorkloadProfile.Cnn, requirements: new() { Segment = GpuSegment.Desktop });
        var lines = Text(GpuTables.Ranking(ranking, top: 5, width), width)
            .Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
        TestContext.Current.TestOutputHelper!.WriteLine(string.Join(Environment.NewLine, lines));
        lines.Should().HaveCount(3 + 5 + 1).And.OnlyContain(line => line.Length <= width);
        foreach (var card in ranking.Cards.Take(5))
            lines.Should().ContainSingle(line => line.Contains($"│ {card.Card.Name} ", StringComparison.Ordinal)
                && line.Split(card.Card.Name)[1].TrimStart().StartsWith('│'));
        lines[1].Should().Contain("bandwidth");
        lines[1].Contains(" age ", StringComparison.Ordinal).Should().Be(width >= 160);
    }

    [Fact]
    public async Task Numbers_never_break_in_a_narrow_terminal()
    {
        using var detector = new GpuDetector([new FakeGpuMachine(new FakeGpu())]);
        IRenderable[] tables =
        [
            GpuTables.Criteria(GpuAdvisor.Default.Rank(WorkloadProfile.Cnn).Best!),
            GpuTables.Specs(GpuCatalog.Default.Cards.Take(3)), GpuTables.Details(Card),
            GpuTables.Comparison(GpuAdvisor.Default.Compare(GpuCatalog.Default.Find("3090"), GpuCatalog.Default.Find("4090"))),
            GpuTables.Devices(await detector.DetectAsync(TestContext.Current.CancellationToken)),
        ];
        foreach (var table in tables)
        {
            var text = Text(table, 80);
            TestContext.Current.TestOutputHelper!.WriteLine(text);
            text.Split(Environment.NewLine).Should().OnlyContain(line => line.Length <= 80);
            text.Should().NotMatchRegex(@"│ \d │.*\n│ +│? *\d │");
        }
    }

    [Fact]
    public void A_comparison_shows_both_cards_and_ratios()
        => Text(GpuTables.Comparison(GpuAdvisor.Default.Compare(GpuCatalog.Default.Find("3090"), GpuCatalog.Default.Find("4090"))))
            .Should().Contain("GeForce RTX 3090").And.Contain("0.93");

    [Fact]
    public async Task Devices_show_their_readings_and_dashes_for_missing_ones()
    {
        using var detector = new GpuDetector([new FakeGpuMachine(new FakeGpu(), new FakeGpu { LostFromCall = 0 })]);
        Text(GpuTables.Devices(await detector.DetectAsync(TestContext.Current.CancellationToken))).Should().Contain("PCIe 4.0 x16")
            .And.Contain("30 W").And.Contain("40 °C").And.MatchRegex(@"│ - +│");
    }

    [Fact]
    public void Names_of_custom_cards_are_shown_as_they_are()
        => Text(GpuTables.Specs([Card with { Name = "[red]Mine[/]" }])).Should().Contain("[red]Mine[/]");

    private static string Text(IRenderable table, int width = 220)
    {
        using var writer = new StringWriter();
        var console = AnsiConsole.Create(new() { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(writer) });
        console.Profile.Width = width;
        console.Write(table);
        return writer.ToString();
    }
}

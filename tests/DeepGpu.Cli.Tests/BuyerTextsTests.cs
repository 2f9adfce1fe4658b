namespace DeepGpu.Cli.Tests;

/// <summary>What the tool prints for buyers: tables of 80 columns, texts without slips, JSON that follows its schema.</summary>
public class BuyerTextsTests
{
    [Theory]
    [InlineData("choose", "torchvision/resnet50", "--batch", "64", "--table")]
    [InlineData("choose", "torchvision/resnet50", "--batch", "64", "--samples", "1281167", "--rent")]
    [InlineData("gpus", "list")]
    [InlineData("gpus", "show", "5090")]
    [InlineData("gpus", "rank")]
    [InlineData("gpus", "compare", "4090", "3090")]
    public void No_line_of_a_table_is_longer_than_80_columns(params string[] args)
        => CliRun.Text(args).Split(Environment.NewLine).Where(line => line.Length > 0 && "│╭├╰".Contains(line[0]))
            .Should().NotBeEmpty().And.OnlyContain(line => line.Length <= 80);

    [Fact]
    public void Help_calls_the_tool_deepgpu() => CliRun.Of("--help").Output.Should().Contain("deepgpu [command] [options]");

    [Theory]
    [InlineData("gpus", "rank", "--workload", "cnn")]
    [InlineData("choose", "torchvision/resnet50", "--batch", "64")]
    [InlineData("forecast", "torchvision/mnasnet1_0", "--gpu", "5090", "--batch", "1", "--task", "inference")]
    public void No_text_compares_equals_or_counts_wrongly(params string[] args)
    {
        var text = CliRun.Text(args);
        text.Should().NotMatchRegex(@"\b([\d.,]+) against \1 ").And.NotMatchRegex(@"\b([\d.,]+) to \1\b")
            .And.NotMatchRegex(@"(?<!\d)1 cards\b")
            .And.NotMatchRegex(@"against +MiB").And.NotContain("0 h (0 to 0)");
    }

    [Fact]
    public async Task What_is_printed_as_JSON_follows_its_schema()
    {
        await CliRun.Of("check", "3090", "--count", "2", "--supply", "1600", "--json").ShouldFollow("gpu-check");
        await CliRun.Of("forecast", "torchvision/resnet50", "--gpu", "3090", "--batch", "64", "--gpus", "2", "--json")
            .ShouldFollow("forecast-gpus");
        await CliRun.Of("choose", "torchvision/resnet50", "--batch", "64", "--samples", "50000", "--rent", "--json").ShouldFollow("choose");
        await CliRun.Of("gpus", "compare", "4090", "3090", "--model", "torchvision/resnet50", "--json").ShouldFollow("gpu-compare");
    }
}

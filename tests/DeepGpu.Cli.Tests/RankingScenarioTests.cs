using DeepGpu.Hardware;

namespace DeepGpu.Cli.Tests;

/// <summary>The scenarios of the buyer's review, section 4, as commands: cards that an expert names and that must be among the first ten,
/// and cards that must not be among the first three. Whatever is asked, none of the first three is one that cannot be bought.</summary>
public class RankingScenarioTests
{
    private static readonly string[] Servers = ["B200", "B300", "GB200", "GB300", "Instinct MI355X", "Instinct MI350X", "B100",
        "Data Center GPU Max 1550", "TPU v7"];

    public static TheoryData<string, string[], string[]> Scenarios => new()
    {
        { "gpus rank --workload cnn", ["H200 NVL", "RTX PRO 6000 Blackwell", "GeForce RTX 5090", "H100 PCIe 80GB"], Servers },
        { "gpus rank --workload transformer --precision bf16", ["H200 NVL", "H100 NVL 94GB", "RTX PRO 6000 Blackwell"], Servers },
        { "gpus rank --workload reinforcement", ["GeForce RTX 5090"], Servers },
        { "gpus rank --workload cnn --segment datacenter", ["B200", "B300"], ["B100", "Data Center GPU Max 1550"] },
        { "gpus rank --workload cnn --all", ["B200", "B300"], ["Data Center GPU Max 1550"] },
        { "gpus rank --workload cnn --segment desktop --max-price 500", ["GeForce RTX 5060 Ti 16GB", "GeForce RTX 5060"], [] },
        { "gpus rank --workload cnn --precision fp16 --segment desktop",
            ["GeForce RTX 5090", "GeForce RTX 5080", "GeForce RTX 5070 Ti"], [] },
        { "gpus rank --workload transformer --task inference --precision bf16 --segment desktop --max-price 1000 --used",
            ["GeForce RTX 3090", "Radeon RX 7900 XTX"], [] },
        { "gpus rank --workload transformer --task latency --min-vram-gib 24 --max-price 2000", ["Radeon RX 7900 XTX",
            "RTX PRO 4000 Blackwell", "Radeon AI PRO R9700"], ["GeForce RTX 5090"] },
        { "gpus rank --workload transformer --task latency --min-vram-gib 24 --max-price 2000 --used", ["GeForce RTX 3090"], [] },
        { "gpus rank --workload generative --precision fp16 --segment desktop --max-price 600", ["GeForce RTX 5070",
            "GeForce RTX 5060 Ti 16GB"], [] },
        { "gpus rank --workload cnn --task inference --precision int8 --segment edge", ["Jetson AGX Thor (T5000)", "Jetson AGX Orin 64GB"],
            ["DGX Spark (GB10)"] },
        { "gpus rank --workload cnn --task latency --segment edge --max-watts 25", ["Jetson Orin Nano 8GB"], ["DGX Spark (GB10)"] },
        { "gpus rank --workload rnn --max-price 300", ["GeForce RTX 5060", "GeForce RTX 5050"], [] },
        { "gpus rank --workload cnn --segment laptop",
            ["GeForce RTX 5090 Laptop", "GeForce RTX 5080 Laptop", "GeForce RTX 5070 Ti Laptop"], [] },
        { "gpus rank --workload cnn --sold-as server", ["B200", "B300"], ["H100 PCIe 80GB"] },
    };

    [Theory]
    [MemberData(nameof(Scenarios))]
    public void The_experts_cards_are_among_the_first_ten(string command, string[] named, string[] absurd)
    {
        var run = CliRun.Of([.. command.Split(' '), "--json"]);
        run.Code.Should().Be(0, run.Output + run.Errors);
        List<string> cards = [.. run.Json.GetProperty("cards").EnumerateArray().Select(card => card.GetProperty("name").GetString()!)];
        cards.Take(10).Should().Contain(named);
        cards.Take(3).Should().NotIntersectWith(absurd);
        if (command.Contains("--all")) return;
        foreach (var card in cards.Take(3).Select(GpuCatalog.Default.Find))
        {
            (card.IsSoldNew || command.Contains("--used")).Should().BeTrue(card.Name);
            (card.IsSoldSingly || command.Contains("--segment") || command.Contains("--sold-as")).Should().BeTrue(card.Name);
        }
    }

    /// <summary>What a network asks of cards, and what the first card may cost.</summary>
    [Theory]
    [InlineData("choose torchvision/resnet50 --batch 64 --max-price 500", 500)]
    [InlineData("choose torchvision/resnet50 --batch 64 --precision fp16 --max-price 350 --segment desktop", 350)]
    [InlineData("choose VGG16 --precision fp16 --batch 32 --max-price 400", 400)]
    [InlineData("choose torchvision/resnet50 --samples 1281167 --epochs 90 --batch 64 --max-price 1000", 1000)]
    [InlineData("choose torchvision/mnasnet1_0 --batch 1 --task inference --segment edge", 2500)]
    [InlineData("choose torchvision/resnet50 --batch 64 --precision bf16", 5000)]
    public void Picks_can_be_bought_and_the_first_costs_no_more_than_was_said(string command, double most)
    {
        var run = CliRun.Of([.. command.Split(' '), "--cpu", "EPYC 9654", "--json"]);
        run.Code.Should().Be(0, run.Output + run.Errors);
        List<GpuSpec> picks = [.. run.Json.GetProperty("picks").EnumerateArray()
            .Select(pick => GpuCatalog.Default.Find(pick.GetProperty("name").GetString()!))];
        picks.Should().NotBeEmpty().And.OnlyContain(card => card.IsSoldNew && card.IsSoldSingly);
        GpuCatalog.Default.Prices.ToBuy(picks[0])!.Low.Dollars.Should().BeLessThanOrEqualTo(most);
        foreach (var change in run.Json.GetProperty("whatWouldChangeTheVerdict").EnumerateArray()
            .Where(change => change.GetProperty("change").GetString()!.Contains("larger card")))
        {
            var larger = GpuCatalog.Default.Find(change.GetProperty("name").GetString()!);
            (larger.IsSoldNew && larger.IsSoldSingly).Should().BeTrue(larger.Name);
        }
    }

    [Fact]
    public void What_is_left_out_is_said_and_all_lists_it()
    {
        CliRun.Of("gpus", "rank").Output.Should().MatchRegex(@"Left out: \d+ cards ").And.Contain("--all lists those left out, too.");
        CliRun.Of("gpus", "rank", "--all").Output.Should().NotContain("Left out: ").And.NotContain("--all lists");
    }
}

using System.Reflection;
using DeepGpu.Hardware;

namespace DeepGpu.Cli.Tests;

/// <summary>Everything the library can ask of a card, the tool can; and what it offers can be bought.</summary>
public class BuyerOptionsTests
{
    [Fact]
    public void No_verdict_names_a_card_that_cannot_be_bought()
    {
        foreach (var workload in new[] { "cnn", "rnn", "transformer", "generative", "transfer", "reinforcement" })
        {
            foreach (var card in CliRun.Of("gpus", "rank", "--workload", workload, "--top", "3", "--json").Json.GetProperty("cards")
                .EnumerateArray().Take(3))
                GpuCatalog.Default.Find(card.GetProperty("name").GetString()!).IsSoldNew.Should().BeTrue();
        }
    }

    [Fact]
    public void Every_requirement_and_fact_of_a_computer_has_an_option()
    {
        var options = new Dictionary<string, string>
        {
            ["Precision"] = "--units",
            ["MinimumVram"] = "--min-vram-gib",
            ["MaxPower"] = "--max-watts",
            ["MaxSystemPower"] = "--max-system-watts",
            ["Supply"] = "--supply-watts",
            ["CardCount"] = "--cards",
            ["RestOfSystem"] = "--rest-watts",
            ["MaxSlotWidth"] = "--max-slots",
            ["MaxLengthMillimetres"] = "--max-length-mm",
            ["Cooling"] = "--cooling",
            ["Segment"] = "--segment",
            ["Vendor"] = "--vendor",
            ["Software"] = "--software",
            ["CurrentToolkit"] = "--current-toolkit",
            ["MaxPrice"] = "--max-price",
            ["Host"] = "--pcie",
            ["MinimumLink"] = "--min-link-gbs",
            ["Used"] = "--used",
            ["SoldAs"] = "--sold-as",
            ["Country"] = "--country",
            ["AnyAvailability"] = "--all",
        };
        Settable(typeof(Requirements)).Should().BeEquivalentTo(options.Keys);
        CliRun.Of("choose", "--help").Output.Should().ContainAll(options.Values);
        CliRun.Of("gpus", "rank", "--help").Output.Should().ContainAll(options.Values);
        Settable(typeof(Computer)).Should().HaveCount(6);
        CliRun.Of("check", "--help").Output.Should()
            .ContainAll("--supply", "--rest-watts", "--slots", "--pcie-generation", "--pcie-lanes", "--server-airflow", "--count");
    }

    [Theory]
    [InlineData("cheapest")]
    [InlineData("fastest")]
    [InlineData("value")]
    [InlineData("least-energy")]
    public void A_policy_is_a_word(string policy)
        => CliRun.Of("choose", "torchvision/resnet50", "--batch", "64", "--policy", policy).Code.Should().Be(0);

    private static IEnumerable<string> Settable(Type type)
        => type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.CanWrite).Select(p => p.Name);
}

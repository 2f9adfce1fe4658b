using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using DeepGpu.Hardware;

namespace DeepGpu.Cli.Tests;

/// <summary>Questions that people ask in public, as commands, and what an expert's answer must contain.</summary>
public sealed class BuyerQuestionsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    [Fact]
    public void Q1_is_an_RTX_3060_or_a_3070_better()
        => Text("gpus", "compare", "GeForce RTX 3060 12GB", "GeForce RTX 3070", "--model", "torchvision/resnet50", "--batch", "64")
            .Should().Contain("GeForce RTX 3070 is").And.Contain("GeForce RTX 3060 12GB is better in VRAM, power, launch price");

    [Fact]
    public void Q5_the_best_card_under_350_dollars_is_bought_new_under_350_dollars()
    {
        var text = Text("choose", "torchvision/resnet50", "--batch", "64", "--precision", "fp16", "--max-price", "350",
            "--segment", "desktop");
        text.Should().Contain("A GPU is needed for").And.MatchRegex(@"(GeForce|Arc|Radeon).+The best for the money");
        Prices(text.Split(Environment.NewLine).First(line => line.Contains("The best for the money")))
            .Min().Should().BeLessThanOrEqualTo(350);
    }

    [Fact]
    public void Q6_ImageNet_takes_90_epochs_on_a_V100_about_4_days()
        => Text("forecast", "torchvision/resnet50", "--gpu", "V100 SXM2 16GB", "--batch", "64", "--samples", "1281167", "--epochs", "90")
            .Should().MatchRegex(@"all 90: (3\.[5-9]|4(\.[0-4])?) days");

    [Fact]
    public void Q7_and_Q9_a_small_network_needs_no_GPU()
    {
        var run = CliRun.Of("choose", Keras(64), "--batch", "32", "--cpu", "EPYC 9654", "--json");
        run.Json.GetProperty("gpu").GetProperty("isNeeded").GetBoolean().Should().BeFalse(run.Output);
        Text("choose", Keras(64), "--batch", "32", "--cpu", "EPYC 9654").Should().StartWith("Any GPU is enough for ")
            .And.Contain("so is the processor").And.NotContain("MI355X");
    }

    [Fact]
    public void Q10_a_7900_XTX_runs_slower_than_on_paper()
        => Text("gpus", "compare", "7900XTX", "3090", "--model", "torchvision/resnet50", "--batch", "64")
            .Should().Contain("GeForce RTX 3090 is 1.");

    [Fact]
    public void Q12_whether_a_card_corrects_errors_of_memory_is_shown()
        => Flat(Text("gpus", "show", "7900XTX")).Should().Contain("error correction no");

    [Fact]
    public void Q13_an_M4_Max_trains_slower_than_an_RTX_A2000()
        => Text("gpus", "compare", "M4 Max", "RTX A2000", "--model", "torchvision/resnet50", "--batch", "16")
            .Should().MatchRegex(@"RTX A2000 is [\d.]+ times as fast");

    [Fact]
    public void Q15_a_5090_needs_CUDA_12_8_and_PyTorch_2_7()
        => Flat(Text("gpus", "show", "5090")).Should().Contain("toolkits 12.8 to the newest").And.Contain("PyTorch 2.7 to the newest");

    [Theory]
    [InlineData("3090", "NVLink")]
    [InlineData("4090", "cannot copy from each other")]
    public void Q17_two_cards_are_forecast_with_their_link(string card, string link)
        => Text("forecast", "torchvision/resnet50", "--gpu", card, "--batch", "64", "--gpus", "2").Should().Contain(link)
            .And.MatchRegex(@"speedup +[\d.]+ times one card");

    [Fact]
    public void Q18_two_3090_overload_a_supply_of_850_watts()
    {
        var run = CliRun.Of("check", "3090", "--count", "2", "--supply", "850");
        run.Code.Should().Be(1);
        run.Output.Should().Contain("supply: Problem (needed 1187.5 W, available 850 W). The supply is too small");
    }

    [Fact]
    public void Q20_a_card_for_a_camera_box_of_15_watts_is_no_workstation()
    {
        var cards = CliRun.Of("gpus", "rank", "--segment", "edge", "--max-watts", "25", "--json").Json.GetProperty("cards");
        cards.GetArrayLength().Should().BePositive();
        cards.EnumerateArray().Select(card => card.GetProperty("name").GetString())
            .Should().OnlyContain(name => name!.StartsWith("Jetson"));
    }

    [Fact]
    public void Q22_what_an_hour_of_an_H100_costs_and_where_is_said()
    {
        var text = Text("choose", "torchvision/resnet50", "--batch", "64", "--samples", "1281167", "--rent", "--min-vram-gib", "79");
        text.Should().MatchRegex(@"H100 \w+[^│]*│ [\w-]+ +│ \$\d+\.\d\d +│");
    }

    [Fact]
    public void Q23_an_H100_trains_faster_than_an_MI300X()
        => Text("gpus", "compare", "H100 SXM5", "MI300X", "--model", "torchvision/resnet50", "--batch", "128", "--precision", "bf16")
            .Should().MatchRegex(@"H100 SXM5[\w ]* is [\d.]+ times as fast");

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
        };
        Settable(typeof(Requirements)).Should().BeEquivalentTo(options.Keys);
        CliRun.Of("choose", "--help").Output.Should().ContainAll(options.Values);
        CliRun.Of("gpus", "rank", "--help").Output.Should().ContainAll(options.Values);
        Settable(typeof(Computer)).Should().HaveCount(6);
        CliRun.Of("check", "--help").Output.Should()
            .ContainAll("--supply", "--rest-watts", "--slots", "--pcie-generation", "--pcie-lanes", "--server-airflow", "--count");
    }

    [Theory]
    [InlineData("choose", "torchvision/resnet50", "--batch", "64", "--table")]
    [InlineData("choose", "torchvision/resnet50", "--batch", "64", "--samples", "1281167", "--rent")]
    [InlineData("gpus", "list")]
    [InlineData("gpus", "show", "5090")]
    [InlineData("gpus", "rank")]
    [InlineData("gpus", "compare", "4090", "3090")]
    public void No_line_of_a_table_is_longer_than_80_columns(params string[] args)
        => Text(args).Split(Environment.NewLine).Where(line => line.Length > 0 && "│╭├╰".Contains(line[0]))
            .Should().NotBeEmpty().And.OnlyContain(line => line.Length <= 80);

    [Fact]
    public void Help_calls_the_tool_deepgpu() => CliRun.Of("--help").Output.Should().Contain("deepgpu [command] [options]");

    [Theory]
    [InlineData("gpus", "rank", "--workload", "cnn")]
    [InlineData("choose", "torchvision/resnet50", "--batch", "64")]
    [InlineData("forecast", "torchvision/mnasnet1_0", "--gpu", "5090", "--batch", "1", "--task", "inference")]
    public void No_text_compares_equals_or_counts_wrongly(params string[] args)
    {
        var text = Text(args);
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

    [Fact]
    public void Custom_prices_replace_those_of_the_catalogue()
    {
        var file = Path.Combine(_folder, "prices.json");
        File.WriteAllText(file, """
            {"prices": [{"gpu": "GeForce RTX 5090", "kind": "street", "price": 90, "date": "2026-11-01", "source": "a dream"}]}
            """);
        Text("choose", "torchvision/resnet50", "--batch", "64", "--prices", file).Should()
            .Contain("GeForce RTX 5090: The cheapest that is enough, the best for the money, the fastest").And.Contain("$90");
    }

    [Fact]
    public void A_wrong_price_is_refused_with_its_row()
    {
        var file = Path.Combine(_folder, "prices.json");
        File.WriteAllText(file, """
            {"prices": [
              {"gpu": "GeForce RTX 5090", "kind": "street", "price": 90, "date": "2026-11-01", "source": "s"},
              {"gpu": "GeForce RTX 5099", "kind": "street", "price": 90, "date": "2026-11-01", "source": "s"}]}
            """);
        var run = CliRun.Of("choose", "torchvision/resnet50", "--batch", "64", "--prices", file);
        run.Code.Should().NotBe(0);
        (run.Output + run.Errors).Should().Contain("prices[1], line 3").And.Contain("GeForce RTX 5099");
    }

    [Fact]
    public void The_page_is_written_beside_the_answer()
    {
        var file = Path.Combine(_folder, "page.html");
        Text("choose", "torchvision/resnet50", "--batch", "64", "--html", file).Should().StartWith("A GPU is needed for ");
        File.ReadAllText(file).Should().StartWith("<!DOCTYPE html>").And.Contain("A GPU is needed for ");
    }

    [Theory]
    [InlineData("cheapest")]
    [InlineData("fastest")]
    [InlineData("value")]
    [InlineData("least-energy")]
    public void A_policy_is_a_word(string policy)
        => CliRun.Of("choose", "torchvision/resnet50", "--batch", "64", "--policy", policy).Code.Should().Be(0);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static IEnumerable<string> Settable(Type type)
        => type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.CanWrite).Select(p => p.Name);

    private static string Text(params string[] args)
    {
        var run = CliRun.Of(args);
        run.Code.Should().Be(0, run.Output + run.Errors);
        return run.Output;
    }

    /// <summary>A table's words without its lines and columns.</summary>
    private static string Flat(string table) => Regex.Replace(table, @"[\s│]+", " ");

    private static IEnumerable<double> Prices(string text)
        => Regex.Matches(text, @"\$([\d,]+)").Select(match => double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture));

    /// <summary>A Keras file of an LSTM of some units over 20 steps of 3 inputs.</summary>
    private string Keras(int units)
    {
        var path = Path.Combine(_folder, "lstm.json");
        File.WriteAllText(path, $$$"""
            {"class_name": "Sequential", "config": {"name": "small", "layers": [
              {"class_name": "InputLayer", "config": {"name": "in", "batch_input_shape": [null, 20, 3]}},
              {"class_name": "LSTM", "config": {"name": "lstm", "units": {{{units}}}, "activation": "tanh"}},
              {"class_name": "Dense", "config": {"name": "out", "units": 1, "activation": "linear"}}]}}
            """);
        return path;
    }
}

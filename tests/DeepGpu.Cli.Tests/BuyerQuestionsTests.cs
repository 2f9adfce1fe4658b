using System.Globalization;
using System.Text.RegularExpressions;

namespace DeepGpu.Cli.Tests;

/// <summary>Questions that people ask in public, as commands, and what an expert's answer must contain.</summary>
public sealed class BuyerQuestionsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    [Fact]
    public void Q1_is_an_RTX_3060_or_a_3070_better()
        => CliRun.Text("gpus", "compare", "GeForce RTX 3060 12GB", "GeForce RTX 3070", "--model", "torchvision/resnet50", "--batch", "64")
            .Should().Contain("GeForce RTX 3070 is").And.Contain("GeForce RTX 3060 12GB is better in VRAM, power, launch price");

    [Fact]
    public void Q3_transformers_that_run_out_of_memory_get_the_batch_and_the_precision_that_fit()
    {
        var text = CliRun.Text("forecast", Attention(), "--gpu", "GeForce RTX 3060 8GB", "--batch", "512", "--optimizer", "adam");
        text.Should().Contain("does not fit").And.MatchRegex(@"largest batch that fits: \d+")
            .And.MatchRegex(@"would fit  with a batch of \d+").And.Contain("would fit  with gradients accumulated over ");
        CliRun.Text("forecast", Attention(), "--gpu", "GeForce RTX 3060 12GB", "--batch", "2", "--optimizer", "adam").Should()
            .Contain(": fits; ");
    }

    [Theory]
    [InlineData("GeForce GTX 1080", "64", false)]
    [InlineData("GeForce GTX 1080 Ti", "256", false)]
    [InlineData("GeForce RTX 3090", "64", true)]
    public void Q4_whether_a_training_fits_an_8_11_or_24_GB_card_is_answered_with_the_batch(string card, string batch, bool fits)
    {
        var text = CliRun.Text("forecast", "torchvision/vgg16", "--gpu", card, "--batch", batch, "--optimizer", "adam");
        text.Should().MatchRegex((fits ? ": fits" : ": (does not fit|uncertain)") + @"; largest batch that fits: \d+");
        if (!fits) text.Should().Contain("would fit  with a batch of ");
    }

    [Fact]
    public void Q5_the_best_card_under_350_dollars_is_bought_new_under_350_dollars()
    {
        var text = CliRun.Text("choose", "torchvision/resnet50", "--batch", "64", "--precision", "fp16", "--max-price", "350",
            "--segment", "desktop", "--cpu", "EPYC 9654");
        text.Should().Contain("A GPU is needed for").And.MatchRegex(@"(GeForce|Arc|Radeon).+The best for the money");
        Prices(text.Split(Environment.NewLine).First(line => line.Contains("The best for the money")))
            .Min().Should().BeLessThanOrEqualTo(350);
    }

    [Fact]
    public void Q6_ImageNet_takes_90_epochs_on_a_V100_about_4_days()
        => CliRun.Text("forecast", "torchvision/resnet50", "--gpu", "V100 SXM2 16GB", "--batch", "64", "--samples", "1281167",
            "--epochs", "90")
            .Should().MatchRegex(@"all 90: (3\.[5-9]|4(\.[0-4])?) days");

    [Fact]
    public void Q7_and_Q9_a_small_network_needs_no_GPU()
    {
        var run = CliRun.Of("choose", Keras(64), "--batch", "32", "--cpu", "EPYC 9654", "--json");
        run.Json.GetProperty("gpu").GetProperty("isNeeded").GetBoolean().Should().BeFalse(run.Output);
        CliRun.Text("choose", Keras(64), "--batch", "32", "--cpu", "EPYC 9654").Should().StartWith("Any GPU is enough for ")
            .And.Contain("so is the processor").And.NotContain("MI355X");
    }

    [Fact]
    public void Q10_a_7900_XTX_runs_slower_than_on_paper()
        => CliRun.Text("gpus", "compare", "7900XTX", "3090", "--model", "torchvision/resnet50", "--batch", "64")
            .Should().Contain("GeForce RTX 3090 is 1.");

    [Fact]
    public void Q12_whether_a_card_corrects_errors_of_memory_is_shown()
        => Flat(CliRun.Text("gpus", "show", "7900XTX")).Should().Contain("error correction no");

    [Fact]
    public void Q13_an_M4_Max_trains_slower_than_an_RTX_A2000()
        => CliRun.Text("gpus", "compare", "M4 Max", "RTX A2000", "--model", "torchvision/resnet50", "--batch", "16")
            .Should().MatchRegex(@"RTX A2000 is [\d.]+ times as fast");

    [Fact]
    public void Q15_a_5090_needs_CUDA_12_8_and_PyTorch_2_7()
        => Flat(CliRun.Text("gpus", "show", "5090")).Should().Contain("toolkits 12.8 to the newest")
            .And.Contain("PyTorch 2.7 to the newest");

    [Theory]
    [InlineData("3090", "NVLink")]
    [InlineData("4090", "cannot copy from each other")]
    public void Q17_two_cards_are_forecast_with_their_link(string card, string link)
        => CliRun.Text("forecast", "torchvision/resnet50", "--gpu", card, "--batch", "64", "--gpus", "2").Should().Contain(link)
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
        var text = CliRun.Text("choose", "torchvision/resnet50", "--batch", "64", "--samples", "1281167", "--rent", "--min-vram-gib", "79");
        text.Should().MatchRegex(@"H100 \w+[^│]*│ [\w-]+ +│ \$\d+\.\d\d +│");
    }

    [Fact]
    public void Q23_an_H100_trains_faster_than_an_MI300X()
        => CliRun.Text("gpus", "compare", "H100 SXM5", "MI300X", "--model", "torchvision/resnet50", "--batch", "128", "--precision", "bf16")
            .Should().MatchRegex(@"H100 SXM5[\w ]* is [\d.]+ times as fast");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>A table's words without its lines and columns.</summary>
    private static string Flat(string table) => Regex.Replace(table, @"[\s│]+", " ");

    private static IEnumerable<double> Prices(string text)
        => Regex.Matches(text, @"\$([\d,]+)").Select(match => double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture));

    /// <summary>A Keras file of a block of a transformer of BERT's width over 512 tokens.</summary>
    private string Attention()
    {
        var path = Path.Combine(_folder, "block.json");
        var layers = string.Join(",", Enumerable.Range(0, 4).Select(block =>
            $$$"""
            {"class_name": "LayerNormalization", "config": {"name": "norm_{{{block}}}"}},
            {"class_name": "Dense", "config": {"name": "wide_{{{block}}}", "units": 3072, "activation": "gelu"}},
            {"class_name": "Dense", "config": {"name": "narrow_{{{block}}}", "units": 768}}
            """));
        File.WriteAllText(path, $$$"""
            {"class_name": "Sequential", "config": {"name": "block", "layers": [
              {"class_name": "InputLayer", "config": {"name": "in", "batch_input_shape": [null, 512, 768]}}, {{{layers}}}]}}
            """);
        return path;
    }

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

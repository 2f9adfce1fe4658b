using System.Text.Json;

namespace DeepGpu.Cli.Tests;

public class ForecastTests
{
    [Theory]
    [InlineData("stepMilliseconds"), InlineData("samplesPerSecond"), InlineData("peakMemoryGiB"), InlineData("energyPerSampleJoules"),
        InlineData("averagePowerWatts")]
    public void Every_figure_has_value_low_high_and_basis(string name)
    {
        var figure = Json("forecast", "VGG16", "--gpu", "3090", "--batch", "32", "--precision", "tf32", "--task", "training")
            .GetProperty(name);
        figure.GetProperty("low").GetDouble().Should().BeLessThan(figure.GetProperty("value").GetDouble());
        figure.GetProperty("high").GetDouble().Should().BeGreaterThanOrEqualTo(figure.GetProperty("value").GetDouble());
        figure.GetProperty("basis").GetString().Should().NotBeEmpty();
    }

    [Theory]
    [InlineData("VGG16", "3090")]
    [InlineData("torchvision/resnet50", "Radeon RX 6800 XT", "--batch", "4096", "--task", "inference", "--precision", "fp16")]
    [InlineData("torchvision/resnet50", "A100 SXM4 40GB", "--batch", "300", "--samples", "50000", "--epochs", "2", "--rent-per-hour",
        "1.5", "--energy-price", "0.3")]
    public async Task What_is_printed_follows_the_published_schema(string model, string card, params string[] more)
        => await CliRun.Of(["forecast", model, "--gpu", card, .. more, "--json"]).ShouldFollow("forecast");

    [Theory]
    [InlineData]
    [InlineData("--top", "3", "--max-watts", "300", "--samples", "1000")]
    [InlineData("--max-watts", "1")]
    public async Task A_ranking_follows_the_published_schema(params string[] more)
        => await CliRun.Of(["choose", "torchvision/resnet50", "--batch", "64", .. more, "--json"]).ShouldFollow("choose");

    [Fact]
    public void It_says_whether_it_fits_and_what_bounds_it()
    {
        var root = Json("forecast", "VGG16", "--gpu", "3090", "--batch", "8");
        root.GetProperty("fits").GetBoolean().Should().BeTrue();
        root.GetProperty("boundBy").GetString().Should().BeOneOf("compute", "memory", "launch", "host", "recurrence");
        Json("forecast", "VGG16", "--gpu", "3090", "--batch", "4096").GetProperty("fits").GetBoolean().Should().BeFalse();
    }

    [Fact]
    public void As_text_it_shows_epochs_and_costs_that_were_asked_for()
    {
        var run = CliRun.Of("forecast", "torchvision/resnet50", "--gpu", "A100 SXM4 80GB", "--batch", "128", "--precision", "fp16",
            "--samples", "1281167", "--epochs", "90", "--rent-per-hour", "1.5", "--energy-price", "0.3", "--optimizer", "adam",
            "--power-limit-watts", "300");
        run.Code.Should().Be(0, run.Errors);
        run.Output.Should().Contain("epoch").And.Contain("cost").And.Contain("fits");
    }

    [Theory]
    [InlineData("argument_out_of_range", "VGG16", "--gpu", "3090", "--batch", "0")]
    [InlineData("gpu_not_found", "VGG16", "--gpu", "rtx 5099")]
    [InlineData("precision_not_supported", "VGG16", "--gpu", "GeForce GTX 1080 Ti", "--precision", "bf16")]
    [InlineData("unknown_application", "VGG17", "--gpu", "3090")]
    [InlineData("shape", "VGG16", "--gpu", "3090", "--input-shape", "none,none,3")]
    public void Bad_input_is_refused_with_a_code(string code, params string[] args)
    {
        var run = CliRun.Of(["forecast", .. args, "--json"]);
        run.Code.Should().Be(ExitCode.Refused);
        run.ErrorCode.Should().Be(code);
    }

    [Fact]
    public void Cards_are_ranked_for_a_model()
    {
        var root = Json("choose", "torchvision/resnet50", "--batch", "64", "--max-watts", "300", "--top", "5");
        root.GetProperty("cards").GetArrayLength().Should().Be(5);
        root.GetProperty("rejected")[0].EnumerateObject().Select(p => p.Name).Should().Equal("name", "rule", "required", "actual");
        CliRun.Of("choose", "torchvision/resnet50", "--batch", "64").Output.Should().Contain(": The best for the money: ");
    }

    private static JsonElement Json(params string[] args)
    {
        var run = CliRun.Of([.. args, "--json"]);
        run.Code.Should().Be(0, run.Output + run.Errors);
        return run.Json;
    }
}

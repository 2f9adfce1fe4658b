using System.Globalization;
using DeepGpu.Cli.Commands;
using DeepGpu.Hardware;

namespace DeepGpu.Cli.Tests;

public class GpusTests
{
    [Fact]
    public async Task List_prints_every_card_with_its_units_in_the_names()
    {
        var run = CliRun.Of("gpus", "list", "--json");
        run.Code.Should().Be(0);
        run.Json.GetArrayLength().Should().BeGreaterThanOrEqualTo(150);
        foreach (var card in run.Json.EnumerateArray())
            (card.GetProperty("vramGiB").GetDouble() > 0 && card.GetProperty("bandwidthGBs").GetDouble() > 0).Should().BeTrue();
        await run.ShouldFollow("gpu-list");
    }

    [Fact]
    public async Task Show_prints_one_card_with_its_sources()
    {
        var run = CliRun.Of("gpus", "show", "rtx3090", "--json");
        (run.Code, run.Json.GetProperty("name").GetString(), run.Json.GetProperty("bandwidthGBs").GetDouble()).Should()
            .Be((0, "GeForce RTX 3090", 936.2));
        run.Json.GetProperty("sources").TryGetProperty("techpowerup", out _).Should().BeTrue();
        await run.ShouldFollow("gpu-card");
        CliRun.Of("gpus", "show", "V100 SXM2 16GB").Output.Should().Contain("bandwidthGBs: 1130 by techpowerup").And.Contain("900 GB/s");
    }

    [Theory]
    [InlineData("rtx 5099", "gpu_not_found")]
    [InlineData("V100", "gpu_ambiguous")]
    public async Task A_name_of_no_card_or_of_several_is_refused(string name, string code)
    {
        var run = CliRun.Of("gpus", "show", name, "--json");
        (run.Code, run.ErrorCode).Should().Be((3, code));
        await run.ShouldFollow("error");
        CliRun.Of("gpus", "show", name).Errors.Should().StartWith($"error: GPU '{name}' ");
    }

    [Fact]
    public async Task Compare_prints_two_cards_side_by_side()
    {
        var run = CliRun.Of("gpus", "compare", "4090", "3090", "--json");
        run.Code.Should().Be(0);
        run.Json.GetProperty("facts").EnumerateArray().Single(fact => fact.GetProperty("name").GetString() == "bandwidth")
            .GetProperty("ratio").GetDouble().Should().BeApproximately(1010 / 936.2, 1e-6);
        await run.ShouldFollow("gpu-compare");
        CliRun.Of("gpus", "compare", "4090", "3090").Output.Should().Contain("GeForce RTX 4090 is the faster for training of CNN");
    }

    [Fact]
    public async Task Compare_takes_a_processor_as_well()
    {
        var run = CliRun.Of("gpus", "compare", "4090", "EPYC 9654", "--json");
        run.Json.GetProperty("isWorthIt").GetBoolean().Should().BeTrue();
        await run.ShouldFollow("gpu-versus-cpu");
        CliRun.Of("gpus", "compare", "4090", "EPYC 9654").Output.Should().Contain("as fast as EPYC 9654");
    }

    [Fact]
    public async Task Rank_prints_cards_and_those_that_fail_a_requirement()
    {
        var run = CliRun.Of("gpus", "rank", "--max-watts", "75", "--min-vram-gib", "7.5", "--json");
        run.Code.Should().Be(0);
        run.Json.EnumerateObject().Select(p => p.Name).Should().Equal("cards", "unjudged", "rejected");
        run.Json.GetProperty("cards")[0].GetProperty("criteria")[0].EnumerateObject().Select(p => p.Name)
            .Should().Equal("name", "value", "unit", "score", "weight", "reason");
        Names(run, "cards").Should().Contain("L4").And.NotContain("GeForce RTX 3090");
        run.Json.GetProperty("rejected").EnumerateArray().Single(card => card.GetProperty("name").GetString() == "GeForce RTX 3090")
            .GetProperty("actual").GetString().Should().Be("350 W");
        new[] { "cards", "unjudged", "rejected" }.Sum(list => Names(run, list).Count)
            .Should().Be(CliRun.Of("gpus", "list", "--json").Json.GetArrayLength());
        await run.ShouldFollow("gpu-rank");
    }

    [Theory]
    [InlineData("--workload", "transformer")]
    [InlineData("--task", "inference")]
    [InlineData("--precision", "FP8")]
    [InlineData("--max-price", "1000")]
    [InlineData("--segment", "datacenter")]
    [InlineData("--vendor", "amd")]
    [InlineData("--software", "rocm")]
    [InlineData("--top", "3")]
    public void Each_option_of_rank_changes_the_ranking(string option, string value)
        => CliRun.Of("gpus", "rank", "--json", option, value).Output.Should().NotBe(CliRun.Of("gpus", "rank", "--json").Output);

    [Fact]
    public void Rank_with_ROCm_lists_AMD_cards_and_top_limits_the_list()
    {
        var run = CliRun.Of("gpus", "rank", "--software", "rocm", "--top", "4", "--json");
        Names(run, "cards").Should().HaveCount(4).And.OnlyContain(name =>
            name.StartsWith("Instinct", StringComparison.Ordinal) || name.StartsWith("Radeon", StringComparison.Ordinal));
    }

    [Fact]
    public void Rank_as_text_explains_the_verdict()
        => CliRun.Of("gpus", "rank", "--segment", "desktop", "--max-price", "600").Output.Should().Contain("is the best of")
            .And.Contain("The runner-up, ").And.Contain("What would change the verdict: ").And.Contain("cards fail 'segment' (Desktop).");

    [Theory]
    [InlineData("--min-vram-gib", "-1")]
    [InlineData("--min-vram-gib", "NaN")]
    [InlineData("--max-watts", "many")]
    [InlineData("--top", "0")]
    [InlineData("--precision", "fp7")]
    [InlineData("--workload", "dreaming")]
    [InlineData("--nonsense", "1")]
    public async Task Wrong_usage_ends_with_exit_code_2_and_an_error_object(string option, string value)
    {
        var run = CliRun.Of("gpus", "rank", option, value, "--json");
        (run.Code, run.ErrorCode).Should().Be((2, "wrong_usage"));
        await run.ShouldFollow("error");
        CliRun.Of("gpus", "rank", option, value).Code.Should().Be(2);
    }

    [Fact]
    public void A_file_of_custom_cards_joins_the_catalogue()
    {
        var path = Path.GetTempFileName();
        File.WriteAllText(path, """{"schemaVersion": 1, "gpus": [{"name": "Dream 1", "vendor": "Other", "architecture": "Own","""
            + """ "vramGiB": 512, "bandwidthGBs": 20000, "fp32Tflops": 500, "tdpWatts": 300}]}""");
        CliRun.Of("gpus", "rank", "--catalog", path, "--top", "1", "--json").Json.GetProperty("cards")[0].GetProperty("name")
            .GetString().Should().Be("Dream 1");
        File.WriteAllText(path, """{"schemaVersion": 1, "gpus": [{"name": "Dream 1"}]}""");
        CliRun.Of("gpus", "list", "--catalog", path, "--json")
            .Should().Match<CliRun>(run => run.Code == 3 && run.ErrorCode == "missing_field");
        File.Delete(path);
    }

    [Theory]
    [InlineData("tr-TR")]
    [InlineData("de-DE")]
    public void Nothing_depends_on_the_culture(string culture)
    {
        string[] args = ["gpus", "rank", "--min-vram-gib", "12.5", "--vendor", "NVIDIA", "--precision", "INT8", "--json"];
        var (invariant, before) = (CliRun.Of(args).Output, CultureInfo.CurrentCulture);
        try
        {
            CultureInfo.CurrentCulture = new(culture);
            CliRun.Of(args).Output.Should().Be(invariant);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public async Task Detect_describes_this_machine_and_ends_well_whatever_it_has()
    {
        var run = CliRun.Of("detect", "--json");
        run.Code.Should().Be(0);
        await run.ShouldFollow("gpu-detect");
        CliRun.Of("detect").Should().Match<CliRun>(text => text.Code == 0 && text.Output.Length > 20);
    }

    [Fact]
    public async Task Watching_says_once_why_there_is_no_gpu()
    {
        using var output = new StringWriter();
        await Detect.WatchAsync(Readings(), json: false, output);
        output.ToString().Trim().Split('\n').Should().Equal("No GPU found. No way to a GPU was tried.", "No GPU found. nvml: NoDevices");
    }

    private static async IAsyncEnumerable<GpuDetection> Readings()
    {
        var attempt = new GpuSourceAttempt("nvml", GpuSourceStatus.NoDevices, null);
        foreach (var attempts in (GpuSourceAttempt[][])[[], [], [attempt], [attempt]])
            yield return new() { Devices = [], Attempts = attempts };
        await Task.CompletedTask;
    }

    private static List<string> Names(CliRun run, string list)
        => [.. run.Json.GetProperty(list).EnumerateArray().Select(card => card.GetProperty("name").GetString()!)];
}

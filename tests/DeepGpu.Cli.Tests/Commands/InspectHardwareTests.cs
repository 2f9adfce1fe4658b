using DeepGpu.Testing;

namespace DeepGpu.Cli.Tests;

public class InspectHardwareTests
{
    [Theory]
    [InlineData("catalog", "gpu-catalog")]
    [InlineData("nvidia-smi", "gpu-devices")]
    [InlineData("sysfs", "sysfs-value")]
    public async Task Every_file_of_the_corpus_is_shown_or_refused_with_exit_code_3_and_its_code(string kind, string schema)
    {
        foreach (var file in HostileCorpus.OfKind(kind))
        {
            var run = CliRun.Of(["inspect", file.Path, "--kind", kind, "--json", .. ExitCode(file)]);
            if (file.Expect == "load") run.Code.Should().Be(0, file.Id);
            if (file.Expect == "reject") (run.Code, run.ErrorCode).Should().Be((3, file.Entry.GetProperty("code").GetString()!), file.Id);
            await run.ShouldFollow(run.Code == 0 ? schema : "error");
            if (run.Code == 3) run.Json.GetProperty("error").GetProperty("file").GetString().Should().Be(file.Path);
        }
    }

    [Theory]
    [InlineData("catalog")]
    [InlineData("nvidia-smi")]
    [InlineData("sysfs")]
    public void The_kind_is_told_from_the_name(string kind)
    {
        foreach (var file in HostileCorpus.OfKind(kind))
        {
            CliRun.Of(["inspect", file.Path, "--json", .. ExitCode(file)])
                .Should().Be(CliRun.Of(["inspect", file.Path, "--kind", kind, "--json", .. ExitCode(file)]), file.Id);
        }
    }

    [Fact]
    public void A_value_of_sysfs_is_shown()
    {
        var run = CliRun.Of("inspect",
            HostileCorpus.OfKind("sysfs").Single(file => file.Id == "sysfs-vendor").Path, "--kind", "sysfs", "--json");
        (run.Json.GetProperty("text").GetString(), run.Json.GetProperty("value").GetInt64()).Should().Be(("0x1002", 0x1002));
    }

    [Fact]
    public void No_devices_is_an_empty_list()
    {
        var path = Path.GetTempFileName();
        File.WriteAllText(path, "No devices were found\n");
        var run = CliRun.Of("inspect", path, "--kind", "nvidia-smi", "--exit-code", "6", "--json");
        (run.Code, run.Json.GetProperty("devices").GetArrayLength()).Should().Be((0, 0));
        File.Delete(path);
    }

    [Fact]
    public void A_catalogue_is_shown_as_text()
    {
        var path = Path.GetTempFileName();
        File.WriteAllText(path, """{"schemaVersion": 1, "gpus": [{"name": "My Card", "vendor": "AMD", "architecture": "Own","""
            + """ "memoryGiB": 16, "memoryBandwidthGBs": 512}]}""");
        CliRun.Of("inspect", path, "--kind", "catalog")
            .Output.Should().Be($"catalogue file, 1 cards{Environment.NewLine}My Card (Own, 16 GiB, 512 GB/s){Environment.NewLine}");
        File.Delete(path);
    }

    [Fact]
    public async Task A_missing_file_is_refused()
    {
        var run = CliRun.Of("inspect", "/nowhere/cards.json", "--kind", "catalog", "--json");
        run.Code.Should().Be(3);
        await run.ShouldFollow("error");
    }

    private static string[] ExitCode(HostileFile file)
        => file.Entry.TryGetProperty("options", out var options) && options.TryGetProperty("exit_code", out var code)
            ? ["--exit-code", code.GetRawText()]
            : [];
}

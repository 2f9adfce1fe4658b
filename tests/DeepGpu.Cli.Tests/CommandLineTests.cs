using System.Diagnostics;
using System.Text.Json;
using DeepGpu.Cli.Commands;
using DeepGpu.Models;

namespace DeepGpu.Cli.Tests;

public class CommandLineTests
{
    [Fact]
    public void Gpus_list_prints_every_card_as_json()
    {
        var (code, output, _) = Run("gpus", "list", "--json");
        code.Should().Be(0);
        var cards = JsonDocument.Parse(output).RootElement;
        cards.GetArrayLength().Should().Be(Hardware.GpuCatalog.Default.Cards.Length);
        var card = cards.EnumerateArray().Single(c => c.GetProperty("name").GetString() == "GeForce RTX 3090");
        card.GetProperty("vramGiB").GetDouble().Should().Be(24);
        card.GetProperty("bandwidthGBs").GetDouble().Should().Be(936.2);
        card.GetProperty("tdpWatts").GetDouble().Should().Be(350);
        card.GetProperty("fp32Tflops").GetDouble().Should().Be(35.58);
    }

    [Fact]
    public void Gpus_list_prints_a_table() => Run("gpus", "list").Output.Should().Contain("GeForce RTX 3090").And.Contain("936.2 GB/s");

    [Fact]
    public void Summary_prints_layers_parameters_and_operations()
    {
        var path = Path.GetTempFileName();
        File.WriteAllText(path, Sequential.Input(28, 28, 1).Conv2D(32, 3).Flatten().Dense(10).Build().ToJson());
        var (code, output, _) = Run("summary", path, "--json");
        code.Should().Be(0);
        var root = JsonDocument.Parse(output).RootElement;
        root.GetProperty("parameters").GetInt64().Should().Be(320 + 26 * 26 * 32 * 10 + 10);
        root.GetProperty("flopsPerSample").GetDouble().Should().Be(2.0 * (26 * 26 * 32 * 9 + 26 * 26 * 32 * 10));
        root.GetProperty("layers")[1].GetProperty("outputShape").GetRawText().Where(c => !char.IsWhiteSpace(c))
            .Should().Equal("[null,26,26,32]");
        Run("summary", path).Output.Should().Contain("Total parameters: 216,650");
        File.Delete(path);
    }

    [Fact]
    public void A_refused_file_ends_with_exit_code_3_and_an_error_object()
    {
        var path = Path.GetTempFileName();
        File.WriteAllText(path, "{}");
        var (code, output, _) = Run("summary", path, "--json");
        code.Should().Be(3);
        var error = JsonDocument.Parse(output).RootElement.GetProperty("error");
        error.EnumerateObject().Select(p => p.Name).Should().Equal("code", "rule", "received", "remedy", "file", "offset");
        error.GetProperty("file").GetString().Should().Be(path);
        Run("summary", path).Errors.Should().StartWith("error: Each object of a model description needs 'class_name', but one has none. "
            + "Write the description with ModelSpec.ToJson or Keras.");
        File.Delete(path);
    }

    [Fact]
    public void Doctor_says_what_was_loaded_from_where()
    {
        var (code, output, _) = Run("doctor", "--json");
        code.Should().Be(0);
        var report = JsonDocument.Parse(output).RootElement;
        report.GetProperty("isUsable").GetBoolean().Should().BeTrue();
        Directory.Exists(report.GetProperty("libTorchFolder").GetString()).Should().BeTrue();
        report.GetProperty("engine").GetProperty("checked").GetString().Should().Be("All");
        Run("doctor").Output.Should().Contain("All is ready.").And.MatchRegex("numbers +right \\(convolutions, recurrences\\)");
    }

    [Fact]
    public void Doctor_compares_every_layer_with_double_precision_when_asked()
    {
        var (code, output, _) = Run("doctor", "--numerics");
        code.Should().Be(0);
        output.Should().MatchRegex("(?m)^LSTM \\(batch 2, 5, 9\\) +[0-9.]+e-[0-9]+ +[0-9.]+e-[0-9]+ +[0-9.]+e-[0-9]+\\r?$")
            .And.MatchRegex("All [0-9]+ layers compute right.");
        var layers = JsonDocument.Parse(Run("doctor", "--numerics", "--json").Output).RootElement.GetProperty("layers");
        layers.EnumerateArray().Should().OnlyContain(layer => layer.GetProperty("isRight").GetBoolean()).And.HaveCountGreaterThan(60);
    }

    [Fact]
    public void Doctor_marks_the_layers_that_compute_wrong()
    {
        LayerNumbers[] rows = [new("LSTM (batch 2, 5, 9)") { Prediction = 0.35, Training = 1e-7, Gradients = 2e-7 },
            new("Dense (batch 2, 33)") { Prediction = 1e-7 }];
        DoctorNumbers.Text(rows, Device.Cpu).Should().Contain(line => line.StartsWith("LSTM", StringComparison.Ordinal)
            && line.EndsWith("3.5e-1     1.0e-7     2.0e-7  WRONG", StringComparison.Ordinal))
            .And.Contain(line => line.EndsWith("1.0e-7     0.0e+0       none", StringComparison.Ordinal))
            .And.Contain("1 of 2 layers compute wrong.");
    }

    [Fact]
    public void Doctor_names_the_problem_and_a_remedy_where_libtorch_is_missing()
    {
        var (code, output) = RunProcess(("LIBTORCH", "/nowhere/at/all"), "doctor");
        code.Should().Be(1);
        output.Should().Contain("but was not found in /nowhere/at/all").And.Contain("set LIBTORCH to the lib folder of a PyTorch install");
    }

    [Fact]
    public void A_custom_libtorch_folder_is_used()
    {
        var folder = JsonDocument.Parse(Run("doctor", "--json").Output).RootElement.GetProperty("libTorchFolder").GetString()!;
        var (code, output) = RunProcess(("LIBTORCH", folder), "doctor");
        code.Should().Be(0, output);
        output.Should().Contain("(LIBTORCH)").And.Contain("All is ready.");
    }

    private static CliRun Run(params string[] args) => CliRun.Of(args);

    /// <summary>In a process of its own, because a process loads libtorch once.</summary>
    private static (int Code, string Output) RunProcess((string Name, string Value) variable, params string[] args)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(CommandLine).Assembly.Location, .. args])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true
        };
        start.Environment[variable.Name] = variable.Value;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd() + process.StandardError.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output);
    }
}

using DeepGpu.Cli.Output;
using DeepGpu.Testing;

namespace DeepGpu.Cli.Tests;

/// <summary>An ONNX file where a model is named.</summary>
public sealed class OnnxCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("deepgpu-onnx-cli-").FullName;

    private string Known => Network().Output("y").Save(_folder, "known.onnx");

    private string Unknown => Network().Node("com.example:Mystery", "y", "z").Output("z").Save(_folder, "unknown.onnx");

    [Fact]
    public void Summary_shows_layers_parameters_and_operations()
    {
        var run = CliRun.Of("summary", Known);
        run.Code.Should().Be(0);
        run.Output.Should().Contain("c_node (Conv2D)").And.Contain("(batch, 8, 15, 15)").And.Contain("Total parameters: 224 ")
            .And.Contain("Forward pass: 0.000 GFLOP a sample");
        CliRun.Of("summary", Known, "--json").Json.GetProperty("flopsPerSample").GetInt64().Should().Be(2 * 15 * 15 * 8 * 27);
    }

    [Fact]
    public void Summary_of_a_graph_with_an_unknown_operator_names_it_and_other_lengths_are_taken()
    {
        CliRun.Of("summary", Unknown).Output.Should().Contain("z_node (com.example.Mystery)").And.Contain("unknown");
        CliRun.Of("summary", Unknown, "--input-shape", "3,65,33").Output.Should().Contain("(batch, 8, 32, 16)");
    }

    [Fact]
    public async Task Forecast_says_whose_share_is_unknown()
    {
        var run = CliRun.Of("forecast", Unknown, "--gpu", "RTX 4070", "--batch", "8");
        run.Code.Should().Be(0);
        run.Output.Should().Contain("z_node");
        await CliRun.Of("forecast", Known, "--gpu", "RTX 4070", "--batch", "8", "--json").ShouldFollow("forecast");
    }

    [Fact]
    public void Choose_recommends_a_card_and_writes_the_page()
    {
        var page = Path.Combine(_folder, "choice.html");
        CliRun.Of("choose", Known, "--batch", "8", "--html", page).Code.Should().Be(0);
        File.ReadAllText(page).Should().Contain("known");
    }

    [Fact]
    public void Inspect_lists_operators_weights_and_what_stands_in_the_way()
    {
        var run = CliRun.Of("inspect", Unknown);
        run.Code.Should().Be(0);
        run.Output.Should().StartWith("onnx, unknown: (batch, 3, 32, 32)").And.Contain("1 com.example.Mystery")
            .And.Contain("not run: com.example.Mystery 'z_node': there is no layer for it");
        var json = CliRun.Of("inspect", Unknown, "--json").Json;
        json.GetProperty("operators").GetProperty("Conv").GetInt32().Should().Be(1);
        json.GetProperty("tensors").EnumerateArray().Select(tensor => tensor.GetProperty("name").GetString()).Should().Equal("c_node/w",
            "c_node/b");
    }

    [Fact]
    public void A_damaged_file_is_refused()
    {
        var path = Path.Combine(_folder, "broken.onnx");
        File.WriteAllBytes(path, File.ReadAllBytes(Known)[..100]);
        foreach (var command in (string[])["summary", "inspect"]) CliRun.Of(command, path).Code.Should().Be(ExitCode.Refused);
        CliRun.Of("summary", path, "--json").ErrorCode.Should().Be("onnx_damaged");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static OnnxSample Network() => new OnnxSample().Input("x", "n", 3, 32, 32).Weight("w", 8, 3, 3, 3).Weight("b", 8)
        .Node("Conv", "x w b", "c", ("strides", new[] { 2, 2 })).Node("Relu", "c", "y");
}

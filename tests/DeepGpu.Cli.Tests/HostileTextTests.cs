using System.Text;
using System.Text.Json;
using DeepGpu.Cli.Output;
using DeepGpu.Models;

namespace DeepGpu.Cli.Tests;

/// <summary>RELIABILITY2 section 4, D and E: no text of a file, file name or argument moves the cursor, retitles the terminal, turns text
/// around or fakes a line.</summary>
public sealed class HostileTextTests : IDisposable
{
    private const string Hostile = "a\u001b]0;owned\u0007\u001b[2J\r\nerror: forged\u202e\u2066\u009bz";
    private const string Shown = "a\\u001b]0;owned\\u0007\\u001b[2J\\u000d\\u000aerror: forged\\u202e\\u2066\\u009bz";

    private readonly string _folder = Directory.CreateTempSubdirectory("deepgpu-hostile-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Inspect_shows_a_tensors_name_as_escapes_and_exactly_as_json()
    {
        var file = WithTensor(Hostile);
        var text = CliRun.Of("inspect", file);
        ShouldBePlain(text, lines: 2);
        text.Output.Should().Contain($"  {Shown}  ");
        CliRun.Of("inspect", file, "--json").Json.GetProperty("tensors")[0].GetProperty("name").GetString().Should().Be(Hostile);
    }

    [Theory]
    [InlineData("out.npz")]
    [InlineData("out.pth")]
    [InlineData("out.safetensors")]
    public void Convert_refuses_such_a_name_and_says_so_in_one_line(string to)
    {
        var run = CliRun.Of("convert", WithTensor(Hostile), Path.Combine(_folder, to));
        run.Code.Should().Be(3);
        ShouldBeOneError(run);
        run.Errors.Should().Contain(Shown);
        File.Exists(Path.Combine(_folder, to)).Should().BeFalse();
    }

    [Theory]
    [InlineData("summary")]
    [InlineData("forecast", "--gpu", "3090")]
    [InlineData("choose")]
    [InlineData("inspect")]
    public void A_models_name_cannot_forge_a_line(string command, params string[] options)
    {
        var file = Path.Combine(_folder, "model.json");
        File.WriteAllText(file,
            Sequential.Input(4).Dense(2).Build("innocent").ToJson().Replace("\"innocent\"", JsonSerializer.Serialize(Hostile),
            StringComparison.Ordinal));
        var run = CliRun.Of([command, file, .. options]);
        run.Code.Should().Be(3);
        ShouldBeOneError(run);
    }

    [Fact]
    public void A_layers_name_cannot_forge_a_line()
    {
        var file = Path.Combine(_folder, "model.json");
        File.WriteAllText(file,
            Sequential.Input(4).Dense(2, name: "innocent").Build().ToJson().Replace("\"innocent\"",
            JsonSerializer.Serialize("turned\u202e"), StringComparison.Ordinal));
        var run = CliRun.Of("summary", file);
        ShouldBeOneError(run);
        run.Errors.Should().Contain("turned\\u202e");
    }

    public static TheoryData<string[]> WithFileNames => new()
    {
        new[] { "inspect", "FILE" }, new[] { "inspect", "FILE", "--kind", "csv" }, new[] { "convert", "FILE", "out.npz" },
            new[] { "predict", "FILE", "--input", "FILE", "--output", "FILE" },
        new[] { "gpus", "list", "--catalog", "FILE" }, new[] { "gpus", "show", "FILE" }, new[] { "summary", "FILE" },
            new[] { "forecast", "FILE", "--gpu", "3090" },
        new[] { "forecast", "VGG16", "--gpu", "FILE" }, new[] { "choose", "FILE" }, new[] { "gpus", "compare", "FILE", "FILE" },
    };

    [Theory]
    [MemberData(nameof(WithFileNames))]
    public void A_files_name_is_shown_as_escapes_whether_it_is_there_or_not(string[] command)
    {
        var file = Path.Combine(_folder, Hostile);
        string[] args = [.. command.Select(word => word == "FILE" ? file : word)];
        ShouldBeOneError(CliRun.Of(args));
        File.WriteAllText(file, "{\"x\": 1}");
        ShouldBeOneError(CliRun.Of(args));
    }

    public static TheoryData<string[]> Wrong => new()
    {
        new[] { Hostile }, new[] { "--" + Hostile }, new[] { "gpus", Hostile }, new[] { "gpus", "list", Hostile },
            new[] { "inspect", "a", "--kind", Hostile }, new[] { "gpus", "rank", "--top", Hostile },
        new[] { "gpus", "rank", "--workload", Hostile }, new[] { "gpus", "rank", "--max-watts", Hostile },
            new[] { "forecast", "VGG16", "--gpu", "3090", "--task", Hostile }, new[] { "inspect", "a", "--exit-code", Hostile },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void An_argument_that_is_wrong_is_repeated_as_escapes(string[] args)
    {
        var run = CliRun.Of(args);
        run.Code.Should().Be(2);
        ShouldBePlain(run, lines: null);
        (run.Errors + run.Output).Split('\n').Should().NotContain(line => line.StartsWith("error: forged", StringComparison.Ordinal));
        run.Errors.Should().Contain("error: forged", "the argument is named");
        CliRun.Of([.. args, "--json"]).Json.GetProperty("error").GetProperty("received").GetString()
            .Should().Contain(Hostile, "JSON is exact");
    }

    [Fact]
    public void An_argument_that_begins_with_an_at_sign_is_no_file_of_arguments()
    {
        var file = Path.Combine(_folder, "args");
        File.WriteAllText(file, "gpus\nlist\n");
        CliRun.Of("@" + file).Code.Should().Be(2);
    }

    [Fact]
    public void What_a_command_writes_itself_is_made_printable_too()
    {
        using var output = new StringWriter();
        using var printable = new PrintableWriter(output);
        printable.Write("a\u001b[2J\tb\r\nc\u202e🐈");
        printable.WriteLine('\u009b');
        printable.Write("{0}", "\u0007");
        printable.Write(['x', '\r', 'y'], 0, 3);
        printable.Flush();
        output.ToString().Should().Be("a\\u001b[2J\tb\r\nc\\u202e🐈\\u009b" + Environment.NewLine + "\\u0007x\\u000dy");
    }

    private static void ShouldBeOneError(CliRun run)
    {
        run.Code.Should().Be(3);
        run.Output.Should().BeEmpty();
        ShouldBePlain(run, lines: null);
        run.Errors.Should().StartWith("error: ").And.EndWith(Environment.NewLine);
        run.Errors.Split('\n').Should().NotContain(line => line.StartsWith("error: forged", StringComparison.Ordinal));
        run.Errors.TrimEnd().Should().NotContain("\n");
    }

    private static void ShouldBePlain(CliRun run, int? lines)
    {
        var said = run.Output + run.Errors;
        said.Where(c => c is not ('\n' or '\r' or '\t')).Should().OnlyContain(c => PrintableText.Is($"{c}") || char.IsSurrogate(c));
        said.Replace(Environment.NewLine, "", StringComparison.Ordinal).Should().NotContain("\r");
        if (lines is { } count) said.TrimEnd().Split('\n').Should().HaveCount(count);
    }

    private string WithTensor(string name)
    {
        var header = Encoding.UTF8.GetBytes("{" + JsonSerializer.Serialize(name)
            + """:{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""");
        var file = Path.Combine(_folder, "weights.safetensors");
        File.WriteAllBytes(file, [.. BitConverter.GetBytes((ulong)header.Length), .. header, 0, 0, 0, 0]);
        return file;
    }
}

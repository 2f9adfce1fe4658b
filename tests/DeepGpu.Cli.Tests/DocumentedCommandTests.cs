using System.Text.RegularExpressions;
using DeepGpu.Cli.Output;
using DeepGpu.Testing;

namespace DeepGpu.Cli.Tests;

/// <summary>Every command line that a document shows is one that the tool understands.</summary>
public partial class DocumentedCommandTests
{
    private static readonly string[] Documents = ["README.md", "src/DeepGpu.Cli/README.md", "docs/forecasting.md", "docs/onnx.md"];

    /// <summary>Each line of code that begins with the tool's name; what follows a # is a remark, and a watch would never end.</summary>
    public static TheoryData<string> Commands => [.. Documents.SelectMany(document => RepositoryFolder.Read(document).Split('\n'))
        .Where(line => line.StartsWith("deepgpu ", StringComparison.Ordinal))
        .Select(line => line["deepgpu ".Length..].Split('#')[0].Replace("--watch", "", StringComparison.Ordinal).Trim()).Distinct()];

    [Theory, MemberData(nameof(Commands))]
    public void A_command_of_a_document_is_understood(string command)
    {
        string[] args = [.. Argument().Matches(command).Select(match => match.Value.Trim('"'))];
        CliRun.Of(args).Code.Should().NotBe(ExitCode.WrongUsage, "deepgpu {0} is in a document", command);
    }

    [Fact]
    public void Detection_can_watch() => CliRun.Of("detect", "--help").Output.Should().Contain("--watch");

    [GeneratedRegex("\"[^\"]*\"|[^ \"]+")]
    private static partial Regex Argument();
}

using System.Diagnostics;
using System.Runtime.Versioning;
using DeepGpu.Testing;

namespace DeepGpu.Architecture.Tests;

/// <summary>The scripts, run on a small copy of the repository whose dotnet is a script too.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class ScriptTests : IDisposable
{
    private const string Shipped = "src/Lib/PublicAPI.Shipped.txt", Unshipped = "src/Lib/PublicAPI.Unshipped.txt";
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    public ScriptTests()
    {
        foreach (var script in new[] { "build.sh", "eng/public-api.sh", "eng/ci.sh" }) Write(script, RepositoryFolder.Read(script));
        foreach (var folder in new[] { "tests", "benchmarks", "samples" }) Directory.CreateDirectory(Path.Combine(_folder, folder));
        Write(Shipped, "#nullable enable\nLib.Old\n");
        Write(Unshipped, "#nullable enable\nLib.New\n");
    }

    [Fact]
    public void A_line_of_140_columns_passes_whatever_its_bytes()
    {
        Write("src/Lib/Narrow.cs", $"// {new string('é', 137)}\n");
        Run("build.sh", "lines").Should().Be(new ChildProcess(0, ""));
    }

    [Theory]
    [InlineData("src/Lib/Wide.cs")]
    [InlineData("tests/Wide.cs")]
    [InlineData("benchmarks/Wide.cs")]
    [InlineData("samples/Wide.cs")]
    [InlineData("eng/Wide.cs")]
    public void A_line_of_141_columns_is_named(string path)
    {
        Write(path, $"\n// {new string('é', 138)}\n");
        Run("build.sh", "lines").Should().Be(new ChildProcess(1, $"{path}:2: 141 columns"));
    }

    [Fact]
    public void A_URL_alone_may_be_longer_and_one_in_a_sentence_may_not()
    {
        var url = "https://example.org/" + new string('a', 140);
        Write("src/Lib/Url.cs", $"    // {url}\n// See {url}\n");
        Write("src/Lib/obj/Generated.cs", new string('a', 200));
        Run("build.sh", "lines").Output.Should().Be("src/Lib/Url.cs:2: 167 columns");
    }

    [Fact]
    public void The_public_API_is_recorded_from_what_the_compiler_does_not_find_in_the_lists()
    {
        DotNet("echo \"A.cs(1,2): warning RS0016: Symbol 'Lib.B.C(string! d) -> void' is not part of the declared public API\"",
            "echo \"A.cs(1,2): warning RS0016: Symbol 'Lib.A' is not part of the declared public API\"");
        Run("eng/public-api.sh", "src/Lib/").Should().Be(new ChildProcess(0, $"{Unshipped}: 2 symbols"));
        Read(Unshipped).Should().Be("#nullable enable\nLib.A\nLib.B.C(string! d) -> void\n");
        Read(Shipped).Should().Be("#nullable enable\n");
    }

    [Theory]
    [InlineData("kill -TERM $PPID", 130)]
    [InlineData("kill -INT $PPID", 130)]
    [InlineData("echo 'A.cs(1,2): error CS0000'; exit 1", 1)]
    public void Interrupted_or_without_a_build_the_lists_stay_as_they_were(string dotnet, int code)
    {
        DotNet(dotnet);
        Run("eng/public-api.sh").Code.Should().Be(code);
        (Read(Shipped), Read(Unshipped)).Should().Be(("#nullable enable\nLib.Old\n", "#nullable enable\nLib.New\n"));
    }

    [Fact]
    public void Continuous_integration_counts_and_fails_by_its_steps()
    {
        DotNet("exit 1");
        var run = Run("build.sh", "ci");
        run.Code.Should().Be(1);
        run.Output.Split('\n').Should().Contain(["== build", "FAILED: build", "FAILED: test"]).And.EndWith("0 passed, 0 failed, 0 skipped");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private ChildProcess Run(string script, params string[] arguments)
    {
        var path = Path.Combine(_folder, "bin") + Path.PathSeparator + Environment.GetEnvironmentVariable("PATH");
        var start = new ProcessStartInfo("bash", [Path.Combine(_folder, script), .. arguments]);
        return ChildProcess.Run(ChildProcess.With(start, ("PATH", path), ("DEEPGPU_DATA", null)));
    }

    private void DotNet(params string[] lines)
    {
        Write("bin/dotnet", string.Join('\n', ["#!/usr/bin/env bash", .. lines, ""]));
        File.SetUnixFileMode(Path.Combine(_folder, "bin/dotnet"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
    }

    private string Read(string path) => File.ReadAllText(Path.Combine(_folder, path));

    private void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(_folder, path))!);
        File.WriteAllText(Path.Combine(_folder, path), text);
    }
}

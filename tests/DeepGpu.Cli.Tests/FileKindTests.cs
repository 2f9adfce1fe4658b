using System.Diagnostics;
using DeepGpu.Models;
using DeepGpu.Testing;

namespace DeepGpu.Cli.Tests;

/// <summary>RELIABILITY2 rows 12 and 22, section 4 A, B and G: the tool reads and writes regular files only, and loads nothing from where
/// it is started.</summary>
public sealed class FileKindTests : IDisposable
{
    private static readonly TimeSpan Hang = TimeSpan.FromMinutes(2);

    private readonly string _folder = Directory.CreateTempSubdirectory("deepgpu-kinds-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    public static TheoryData<string[]> Reads => new()
    {
        new[] { "inspect", "IT" }, new[] { "inspect", "IT", "--kind", "idx" }, new[] { "inspect", "IT", "--kind", "csv" },
            new[] { "inspect", "IT", "--kind", "image" },
        new[] { "inspect", "IT", "--kind", "catalog" }, new[] { "inspect", "IT", "--kind", "nvidia-smi" },
            new[] { "inspect", "IT", "--kind", "sysfs" }, new[] { "inspect", "IT", "--kind", "tfjs" },
        new[] { "convert", "IT", "out.npz" }, new[] { "predict", "IT", "--input", "IT", "--output", "out.npy" }, new[] { "summary", "IT" },
            new[] { "forecast", "IT", "--gpu", "3090" },
        new[] { "choose", "IT" }, new[] { "gpus", "list", "--catalog", "IT" }, new[] { "inspect", "FILE", "--model", "IT" },
    };

    [Theory]
    [MemberData(nameof(Reads))]
    public async Task A_pipe_and_a_device_are_not_read(string[] command)
    {
        var weights = Weights();
        foreach (var it in new[] { ChildProcess.Pipe(Path.Combine(_folder, "pipe")), "/dev/zero", "/dev/null" })
        {
            string[] args = [.. command.Select(word => word == "IT" ? it : word == "FILE" ? weights : word), "--json"];
            var run = await Task.Run(()
                => CliRun.Of(command[0] is "convert" or "predict" ? args[..^1] : args)).WaitAsync(Hang,
                TestContext.Current.CancellationToken);
            run.Code.Should().Be(3, run.Output + run.Errors);
            (run.Output + run.Errors).Should().Contain("Only a regular file is read").And.Contain(it);
        }
    }

    [Fact]
    public void A_pipe_and_a_device_are_not_written_over()
    {
        var (weights, model, input) = (Weights(), Path.Combine(_folder, "m.json"), Path.Combine(_folder, "x.npy"));
        var pipe = ChildProcess.Pipe(Path.Combine(_folder, "pipe"));
        File.WriteAllText(model, Sequential.Input(1).Dense(1).Build().ToJson());
        CliRun.Of("convert", weights, pipe + ".npz").Code.Should().Be(0);
        foreach (var to in new[] { ChildProcess.Pipe(Path.Combine(_folder, "p.npz")),
            ChildProcess.NullDevice(Path.Combine(_folder, "null.npz")) })
        {
            var run = CliRun.Of("convert", weights, to);
            run.Code.Should().Be(3);
            run.Errors.Should().StartWith("error: Only a regular file is written, but a ");
            FluentActions.Invoking(() => RegularFile.ReadAllBytes(to)).Should().Throw<ModelFormatException>("it is what it was");
        }
    }

    /// <summary>Started in a folder that has what looks like a package cache, by a user whose home is not there.</summary>
    [Theory]
    [InlineData("/nowhere/at/all", null)]
    [InlineData("relative", null)]
    [InlineData(null, ".nuget/packages")]
    public void Nothing_is_loaded_from_the_folder_the_tool_is_started_in(string? home, string? packages)
    {
        Canary(Path.Combine(_folder, "work", ".nuget", "packages"));
        Canary(Path.Combine(_folder, "work", "relative", ".nuget", "packages"));
        var run = Doctor(("HOME", home), ("NUGET_PACKAGES", packages));
        run.Code.Should().Be(1);
        run.Output.Should().Contain("was not found in /").And.NotContain("must load").And.NotContain(Path.Combine(_folder, "work"));
    }

    [Fact]
    public void Nothing_is_loaded_from_a_package_cache_of_another_user()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "needs root");
        var cache = Path.Combine(_folder, "cache");
        Canary(cache);
        ChildProcess.Run(ChildProcess.With(new("chown", ["-R", $"{ChildProcess.Stranger}", cache]))).Code.Should().Be(0);
        var run = Doctor(("NUGET_PACKAGES", cache));
        run.Code.Should().Be(1);
        run.Output.Should().Contain("Code is loaded from a package cache only if no other user could have put it there,")
            .And.Contain($"belongs to user {ChildProcess.Stranger}");
    }

    /// <summary>The tool without a libtorch beside it, as it is installed.</summary>
    private ChildProcess Doctor(params ReadOnlySpan<(string Name, string? Value)> environment)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs Linux");
        var app = Directory.CreateDirectory(Path.Combine(_folder, "app")).FullName;
        foreach (var file in Directory.GetFiles(AppContext.BaseDirectory,
            "*.dll").Append(Path.ChangeExtension(typeof(CommandLine).Assembly.Location, ".runtimeconfig.json")))
        {
            File.Copy(file, Path.Combine(app, Path.GetFileName(file)));
        }

        var start = new ProcessStartInfo(ChildProcess.DotNet,
            ["exec", Path.Combine(app, Path.GetFileName(typeof(CommandLine).Assembly.Location)), "doctor"])
        {
            WorkingDirectory = Directory.CreateDirectory(Path.Combine(_folder, "work")).FullName,
        };
        return ChildProcess.Run(ChildProcess.With(ChildProcess.With(start, ("LIBTORCH", null)), environment));
    }

    /// <summary>A package cache whose libtorch is a text: whoever tries to load it says so.</summary>
    private static void Canary(string cache)
    {
        var folder = Directory.CreateDirectory(Path.Combine(cache, "libtorch-cpu-linux-x64", "2.10.0", "runtimes", "linux-x64",
            "native")).FullName;
        foreach (var library in new[] { "libtorch_cpu.so", "libc10.so", "libtorch.so" }) File.WriteAllText(Path.Combine(folder, library),
            new string('x', 100));
    }

    private string Weights()
    {
        var file = Path.Combine(_folder, "w.safetensors");
        Formats.AtomicFile.Write(file, stream => Formats.SafetensorsWriter.Write(stream, [new("t", NDArray.Zeros(DataType.Float32, 1))]));
        return file;
    }
}

using System.Diagnostics;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Engines;

namespace DeepGpu.Benchmarks;

/// <summary>A command that needs no torch, as a process of its own from start to end. The bar: below 400 ms.</summary>
/// <remarks>Needs the built tool: dotnet build src/DeepGpu.Cli -c Release.</remarks>
[SimpleJob(RunStrategy.Monitoring, launchCount: 1, warmupCount: 2, iterationCount: 15)]
public class CommandStartBenchmark
{
    private static readonly string Tool = Path.Combine(Root(), "src", "DeepGpu.Cli", "bin", "Release", "net10.0", "DeepGpu.Cli.dll");

    [Params("gpus list --json", "gpus rank --json", "gpus show 3090 --json", "detect --json")]
    public string Command { get; set; } = "";

    [Benchmark]
    public int Run()
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", [Tool, .. Command.Split(' ')]) { RedirectStandardOutput = true })!;
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? 0 : throw new InvalidOperationException($"{Command} ended with {process.ExitCode}.");
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "DeepGpu.sln"))) folder = folder.Parent;
        return folder.FullName;
    }
}

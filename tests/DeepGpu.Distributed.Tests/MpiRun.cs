using System.Diagnostics;
using System.Globalization;

namespace DeepGpu.Distributed.Tests;

/// <summary>Starts the tests' program, plainly or under mpirun.</summary>
internal static class MpiRun
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(4);

    /// <summary>Skips on a user's machine without mpirun; in continuous integration its absence is a failure.</summary>
    public static void Demand()
        => Assert.SkipWhen(!IsThere() && Environment.GetEnvironmentVariable("CI") is null,
            "mpirun is not installed: apt-get install openmpi-bin");

    /// <summary>Runs the program.</summary>
    /// <param name="processes">How many; null for one, started plainly.</param>
    /// <param name="arguments">What it is to do, and its folder.</param>
    public static Ended Start(int? processes, params string[] arguments)
    {
        if (processes is not null) Demand();
        var worker = Path.Combine(AppContext.BaseDirectory, "DeepGpu.Distributed.Worker.dll");
        string[] launcher = processes is { } count
            ? ["mpirun", "--oversubscribe", "-n", count.ToString(CultureInfo.InvariantCulture)]
            : [];
        string[] all = [.. launcher, "dotnet", worker, .. arguments];
        var start = new ProcessStartInfo(all[0], all[1..]) { RedirectStandardError = true, RedirectStandardOutput = true };
        foreach (var name in (string[])["OMPI_ALLOW_RUN_AS_ROOT", "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM", "OMP_NUM_THREADS"])
            start.Environment[name] = "1";
        return Run(start);
    }

    private static Ended Run(ProcessStartInfo start)
    {
        var clock = Stopwatch.StartNew();
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        if (!process.WaitForExit(Limit)) process.Kill(entireProcessTree: true);
        process.WaitForExit();
        return new(process.ExitCode, output.Result + error.Result, clock.Elapsed);
    }

    private static bool IsThere() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Any(folder => File.Exists(Path.Combine(folder, "mpirun")));

    /// <summary>How it ended.</summary>
    public sealed record Ended(int ExitCode, string Text, TimeSpan Time);
}

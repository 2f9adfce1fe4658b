using System.Diagnostics;

namespace DeepGpu.Tests.Checkpoints;

/// <summary>Kills a training at random moments and starts it again, until it was killed often enough; then lets it end.</summary>
/// <param name="start">How a process that trains is started: with the folder of checkpoints and the file of the result.</param>
internal sealed class Killer(Func<string, string, ProcessStartInfo> start)
{
    /// <summary>What came of it.</summary>
    /// <param name="Kills">Kills that hit a training under way.</param>
    /// <param name="Resumed">Trainings that ended after at least one kill.</param>
    /// <param name="Different">Those whose outcome is not that of the training never killed.</param>
    public sealed record Tally(int Kills, int Resumed, int Different);

    /// <summary>Kills as often as asked.</summary>
    /// <param name="kills">How often.</param>
    /// <param name="seed">Decides the moments, but for what the machine does.</param>
    public Tally Run(int kills, int seed)
    {
        var root = Directory.CreateTempSubdirectory("deepgpu-kills-").FullName;
        try
        {
            var clock = Stopwatch.StartNew();
            var expected = ToEnd(Path.Combine(root, "whole"));
            return Run(kills, new Random(seed), root, expected, clock.Elapsed);
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    private Tally Run(int kills, Random random, string root, string expected, TimeSpan whole)
    {
        var (hits, resumed, different, hitsOfRun) = (0, 0, 0, 0);
        for (var run = 0; hits < kills; hitsOfRun = 0, run++)
        {
            var folder = Path.Combine(root, $"run{run}");
            while (hits < kills && Kill(folder, whole * (0.2 + 0.8 * random.NextDouble()))) (hits, hitsOfRun) = (hits + 1, hitsOfRun + 1);
            if (hitsOfRun > 0) resumed++;
            if (ToEnd(folder) != expected) different++;
        }

        return new(hits, resumed, different);
    }

    /// <summary>Whether the process was still running when it was killed.</summary>
    private bool Kill(string folder, TimeSpan after)
    {
        using var process = Process.Start(start(folder, Result(folder)))!;
        if (process.WaitForExit(after)) return false;
        process.Kill(entireProcessTree: true);
        process.WaitForExit();
        return true;
    }

    private string ToEnd(string folder)
    {
        if (!File.Exists(Result(folder)))
        {
            using var process = Process.Start(start(folder, Result(folder)))!;
            process.WaitForExit();
        }

        return File.ReadAllText(Result(folder));
    }

    private static string Result(string folder) => folder + ".txt";
}

using System.Diagnostics;
using System.Globalization;
using DeepGpu.Downloads;
using DeepGpu.Operations;
using TorchSharp;

namespace DeepGpu.Benchmarks;

/// <summary>Times a first convolution and a first LSTM in fresh processes: with the check of the engine's numbers, with its verdict in the
/// cache, and without a check. Bar: the check costs less than 150 ms once.</summary>
internal static class ProbeCommand
{
    public const string Name = "probe";

    private const int Rounds = 11;

    private static readonly string[] Turns = ["checked", "verdict", "trusted"];

    public static int Run()
    {
        var rounds = Enumerable.Range(0, Rounds).Select(_ => Round()).ToList();
        Console.WriteLine("| turn | median, ms | least | most |\n| --- | --- | --- | --- |");
        foreach (var (turn, i) in Turns.Select((turn, i) => (turn, i)))
        {
            double[] times = [.. rounds.Select(round => round[i]).Order()];
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| {turn} | {times[times.Length / 2]:0} | {times[0]:0} | {times[^1]:0} |"));
        }

        var costs = rounds.Select(round => round[0] - round[2]).Order().ToArray();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"| cost of the check | {costs[costs.Length / 2]:0} | {costs[0]:0} | {costs[^1]:0} |"));

        return 0;
    }

    /// <summary>One turn in this process: from an engine that is loaded to the first results.</summary>
    public static int Take(string turn)
    {
        TorchRuntime.Start(new TorchRuntimeOptions { Numerics = turn == "trusted" ? TorchNumerics.Trust : TorchNumerics.Check });
        using var scope = torch.NewDisposeScope();
        torch.Tensor[] weights = [torch.ones(16, 3), torch.ones(16, 4), torch.ones(16), torch.ones(16)];
        var watch = Stopwatch.StartNew();
        if (turn != "trusted") TorchRuntime.CheckEngine();
        torch.nn.functional.conv2d(torch.ones(2, 3, 8, 8), torch.ones(4, 3, 3, 3));
        FusedRecurrence.Run(FusedKernel.Lstm, torch.ones(2, 3, 3), [torch.zeros(2, 4), torch.zeros(2, 4)], weights, new(true, false));
        Console.WriteLine(watch.Elapsed.TotalMilliseconds.ToString(CultureInfo.InvariantCulture));
        return 0;
    }

    private static double[] Round()
    {
        var cache = Directory.CreateTempSubdirectory().FullName;
        try
        {
            return [.. Turns.Select(turn => Child(turn, cache))];
        }
        finally
        {
            Directory.Delete(cache, recursive: true);
        }
    }

    private static double Child(string turn, string cache)
    {
        var start = OwnProcess.Start(OwnProcess.Program, Name, turn);
        start.RedirectStandardOutput = true;
        start.Environment[CacheFolder.Variable] = cache;
        using var process = Process.Start(start)!;
        return double.Parse(process.StandardOutput.ReadToEnd(), CultureInfo.InvariantCulture);
    }
}

using System.Diagnostics;
using System.Globalization;

namespace DeepGpu.Benchmarks;

/// <summary>The child process: reads "fit", "predict", "predict 1", "predict 1 by 16" or "first" and answers with the milliseconds a batch
/// took.</summary>
internal static class Worker
{
    public const string Command = "compare-worker";

    public const string PredictOne = "predict 1";

    /// <summary>One sample at a time by 16 threads at once: the time a prediction takes of the whole.</summary>
    public const string PredictTogether = "predict 1 by 16";

    /// <summary>From the description, or the file in memory, to the first prediction: once a process.</summary>
    public const string First = "first";

    private const int Threads = 16;

    public static int Run(string network, string contender, string device)
    {
        TorchRuntime.CheckEngine(); // what it switches holds for the process, so for every contender alike
        var row = Network.Named(network);
        using var made = Contenders.Make(contender, row, device == "cuda" ? Device.Cuda() : Device.Cpu);
        Console.WriteLine("ready");
        while (Console.ReadLine() is { } turn)
        {
            if (turn == First)
            {
                Console.WriteLine(made.FirstMilliseconds.ToString(CultureInfo.InvariantCulture));
                continue;
            }

            var clock = Stopwatch.StartNew();
            var batches = Take(turn, made, row);
            Console.WriteLine((clock.Elapsed.TotalMilliseconds / batches).ToString(CultureInfo.InvariantCulture));
        }

        return 0;
    }

    /// <summary>Takes a turn; returns of how many batches.</summary>
    private static int Take(string turn, IContender contender, Network network)
    {
        if (turn == PredictOne)
        {
            contender.PredictOne();
            return Network.Singles;
        }

        if (turn == PredictTogether)
        {
            Parallel.For(0, Threads, new ParallelOptions { MaxDegreeOfParallelism = Threads }, _ => contender.PredictOne());
            return Network.Singles * Threads;
        }

        if (turn == "fit") contender.Fit();
        else contender.Predict();
        return network.Batches * Network.Epochs;
    }
}

using System.Diagnostics;
using System.Globalization;

namespace DeepGpu.Benchmarks;

/// <summary>The child process: reads "fit", "predict" or "predict 1" and answers with the milliseconds a batch took.</summary>
internal static class Worker
{
    public const string Command = "compare-worker";

    public const string PredictOne = "predict 1";

    public static int Run(string network, string contender, string device)
    {
        TorchRuntime.CheckEngine(); // what it switches holds for the process, so for every contender alike
        var row = Network.Named(network);
        using var made = Contenders.Make(contender, row, device == "cuda" ? Device.Cuda() : Device.Cpu);
        Console.WriteLine("ready");
        while (Console.ReadLine() is { } turn)
        {
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

        if (turn == "fit") contender.Fit();
        else contender.Predict();
        return network.Batches * Network.Epochs;
    }
}

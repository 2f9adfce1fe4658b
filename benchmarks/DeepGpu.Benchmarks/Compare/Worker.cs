using System.Diagnostics;
using System.Globalization;

namespace DeepGpu.Benchmarks;

/// <summary>The child process: reads "fit" or "predict" and answers with the milliseconds a batch took.</summary>
internal static class Worker
{
    public const string Command = "compare-worker";

    public static int Run(string network, string contender, string device)
    {
        TorchRuntime.CheckEngine(); // what it switches holds for the process, so for every contender alike
        var row = Network.Named(network);
        using var made = Contenders.Make(contender, row, device == "cuda" ? Device.Cuda() : Device.Cpu);
        Console.WriteLine("ready");
        while (Console.ReadLine() is { } turn)
        {
            var clock = Stopwatch.StartNew();
            if (turn == "fit") made.Fit();
            else made.Predict();
            Console.WriteLine((clock.Elapsed.TotalMilliseconds / (row.Batches * Network.Epochs)).ToString(CultureInfo.InvariantCulture));
        }

        return 0;
    }
}

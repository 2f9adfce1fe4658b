namespace DeepGpu.Benchmarks;

/// <summary>Trains and predicts each network with every contender, in turns, and prints one table.</summary>
internal static class CompareCommand
{
    public const string Name = "compare";

    private const int WarmUps = 2;

    public static int Run(CompareOptions options)
    {
        List<Measurement> rows = [];
        foreach (var network in options.Networks)
        {
            Console.Error.WriteLine($"{network.Name} ...");
            rows.AddRange(Measure(network, options));
        }

        Console.WriteLine(options.Json ? CompareTable.Json(rows, options) : CompareTable.Text(rows, options));
        return 0;
    }

    private static List<Measurement> Measure(Network network, CompareOptions options)
    {
        var workers = Start(network, options);
        try
        {
            for (var i = 0; i < WarmUps; i++) Round(workers, options.Turns, first: 0);
            var rounds = Enumerable.Range(0, options.Rounds).Select(round => Round(workers, options.Turns, first: round % workers.Count))
                .ToList();
            return [.. options.Turns.SelectMany(turn => workers.Select(worker =>
                new Measurement(network.Name, turn, worker.Contender, [.. rounds.Select(round => round[(turn, worker.Contender)])])))];
        }
        finally
        {
            foreach (var worker in workers) worker.Dispose();
        }
    }

    /// <summary>Every contender's turn, one after another, each round begun by another:
    /// only one of the processes works at a time.</summary>
    private static Dictionary<(string Turn, string Contender), double> Round(List<WorkerProcess> workers, string[] turns, int first)
    {
        var times = new Dictionary<(string, string), double>();
        foreach (var turn in turns)
        {
            foreach (var worker in workers.Skip(first).Concat(workers.Take(first))) times[(turn, worker.Contender)] = worker.Take(turn);
        }

        return times;
    }

    private static List<WorkerProcess> Start(Network network, CompareOptions options)
    {
        if (options.Before is { } before) return [Own(Contenders.DeepGpu), Of(Contenders.Before, before, Contenders.DeepGpu)];
        if (options.Peer is not null) return [Own(Contenders.DeepGpu), Own(Contenders.Predictor), Own(Contenders.OnnxRuntime)];
        string[] contenders = options.Device == "cpu"
            ? [Contenders.DeepGpu, Contenders.Trusting, Contenders.Idiomatic, Contenders.IdiomaticTuned, Contenders.Floor]
            : [Contenders.DeepGpu, Contenders.Trusting, Contenders.Idiomatic, Contenders.Floor];
        var workers = contenders.Select(Own).ToList();
        if (options.Python is { } python)
            workers.Add(new(Contenders.PyTorch, python, Path.Combine(AppContext.BaseDirectory, "pytorch_loop.py"), network.Kind.ToString(),
                string.Join(',', network.Shape), $"{network.Samples}", options.Device));
        return workers;

        WorkerProcess Own(string contender) => Of(contender, OwnProcess.Program, contender);

        WorkerProcess Of(string contender, string program, string does)
            => new(contender, program, Worker.Command, network.Name, does, options.Device);
    }
}

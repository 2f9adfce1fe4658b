using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using DeepGpu.Models;

namespace DeepGpu.Distributed.Worker;

/// <summary>What processes do together, each writing what came out to a file of its own.</summary>
internal static class Runs
{
    public static void Train(TrainingCase training, ICollective processes, string folder)
    {
        using var model = training.Spec.ToModel(Device.Cpu, seed: 1 + processes.Rank);
        var distribution = Distribution.DataParallel(training.IsSynchronized) with { BucketBytes = 600 };
        model.Compile(training.Options with { Distribution = distribution });
        var history = model.Fit(training.Data, training.Fit);
        Write(training.Name, model, history, processes, folder);
    }

    /// <summary>Stops where the loss no longer falls; every process in the same epoch.</summary>
    public static void Stop(ICollective processes, string folder)
    {
        var training = Cases.All().First(one => one.Name == "partial-batch");
        using var model = training.Spec.ToModel(Device.Cpu, seed: 1);
        model.Compile(training.Options with { Distribution = Distribution.DataParallel() });
        var stopping = new EarlyStopping("val_loss", minDelta: 0.004, restoreBestWeights: true);
        Write("early", model, model.Fit(training.Data, training.Fit with { Epochs = 60, Callbacks = [stopping] }), processes, folder);
        var one = new LambdaCallback
        {
            EpochEnd = (context, _) =>
            {
                if (processes.Rank == processes.WorldSize - 1 && context.Epoch == 3) context.Stop("enough");
            },
        };
        Write("own", model, model.Fit(training.Data, training.Fit with { Epochs = 60, Callbacks = [one] }), processes, folder);
    }

    /// <summary>Trains with checkpoints; ends in the middle where a step is given.</summary>
    public static void Resume(ICollective processes, string folder, int? killedAt)
    {
        var training = Cases.All().First(one => one.Name == "partial-batch");
        using var model = training.Spec.ToModel(Device.Cpu, seed: 1);
        model.Compile(training.Options with { Distribution = Distribution.DataParallel() });
        var kill = new LambdaCallback
        {
            BatchEnd = context =>
            {
                if (context.Step == killedAt) Signal.Send(9);
            },
        };
        var backup = new BackupAndRestore(Path.Combine(folder, "backup"), saveFrequency: 2);
        Write("resumed", model, model.Fit(training.Data, training.Fit with { Callbacks = [kill, backup] }), processes, folder);
    }

    public static unsafe void Collectives(ICollective processes, string folder)
    {
        var lines = new List<string> { $"{processes.Rank} of {processes.WorldSize}, local {processes.LocalRank}, {processes.Engine}" };
        foreach (var count in (int[])[1, 3, 1001])
        {
            var own = Enumerable.Range(0, count).Select(i => (double)(i + 10 * processes.Rank)).ToArray();
            lines.Add(Text((double[])own.Clone(), DataType.Float64, buffer => processes.AllReduce(buffer)));
            lines.Add(Text(Array.ConvertAll(own, x => (float)x), DataType.Float32, buffer => processes.AllReduce(buffer,
                ReduceOperation.Max)));
            lines.Add(Text(Array.ConvertAll(own, x => (long)x), DataType.Int64, buffer => processes.AllReduce(buffer,
                ReduceOperation.Min)));
            lines.Add(Text(Array.ConvertAll(own, x => (int)x), DataType.Int32, buffer => processes.Broadcast(buffer, 1)));
            var all = new long[count * processes.WorldSize];
            lines.Add(Text(Array.ConvertAll(own, x => (long)x), DataType.Int64, source =>
            {
                fixed (long* first = all) processes.AllGather(source, new((nint)first, all.Length, DataType.Int64));
            }) + " " + all.Sum().ToString(CultureInfo.InvariantCulture));
        }

        File.WriteAllLines(Path.Combine(folder, $"collectives.{processes.Rank}"), lines);
    }

    /// <summary>Prints the seconds of 20 steps of a CNN after 5 others.</summary>
    public static void Benchmark(ICollective processes)
    {
        var data = Datasets.GeneratedDigits().Item1.Take(1600);
        using var model = Sequential.Input(28, 28, 1).Conv2D(32, 3, Activation.Relu).MaxPooling2D(2)
            .Conv2D(64, 3, Activation.Relu).MaxPooling2D(2).Conv2D(64, 3, Activation.Relu)
            .Flatten().Dense(64, Activation.Relu).Dense(10, Activation.Softmax).Build().ToModel(Device.Cpu, seed: 1);
        model.Compile(Optimizer.Adam(), Loss.SparseCategoricalCrossentropy(), [Metric.Accuracy()], Distribution.DataParallel());
        model.Fit(data, new FitOptions { BatchSize = 64, StepsPerEpoch = 5 });
        var clock = Stopwatch.StartNew();
        model.Fit(data, new FitOptions { BatchSize = 64, StepsPerEpoch = 20, Epochs = 2 });
        if (processes.Rank == 0) Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"seconds {clock.Elapsed.TotalSeconds:0.000}"));
    }

    /// <summary>25,000 all-reduces; the growth of memory after the first 1,000.</summary>
    public static unsafe void Soak(ICollective processes, string folder)
    {
        var values = new float[1000];
        long before = 0;
        fixed (float* first = values)
        {
            for (var i = 0; i < 26_000; i++)
            {
                processes.AllReduce(new((nint)first, values.Length, DataType.Float32));
                if (i == 999) before = Resident();
            }
        }

        File.WriteAllText(Path.Combine(folder, $"soak.{processes.Rank}"), (Resident() - before).ToString(CultureInfo.InvariantCulture));
    }

    private static void Write(string name, Model model, History history, ICollective processes, string folder)
    {
        var result = new Result(
            [.. model.Weights.SelectMany(weight => weight.ToArray().ToArray<float>())],
            history.Names.ToDictionary(key => key, key => history[key].ToArray()));
        File.WriteAllText(Path.Combine(folder, $"{name}.{processes.Rank}"), JsonSerializer.Serialize(result));
    }

    private static unsafe string Text<T>(T[] values, DataType type, Action<CollectiveBuffer> run)
        where T : unmanaged, IFormattable
    {
        fixed (T* first = values) run(new((nint)first, values.Length, type));
        return string.Join(' ', values.Select(value => value.ToString(null, CultureInfo.InvariantCulture)));
    }

    private static long Resident()
    {
        using var self = Process.GetCurrentProcess();
        return self.WorkingSet64;
    }

    private sealed record Result(float[] Weights, Dictionary<string, double[]> History);
}

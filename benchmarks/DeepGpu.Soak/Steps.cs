using System.CommandLine;
using DeepGpu.Models;
using TorchSharp;

namespace DeepGpu.Soak;

/// <summary>Trains and predicts for many steps and prints memory as a Markdown table;
/// exit code 1 if the process grew by more than 5 %, or one tensor more lives.</summary>
internal static class Steps
{
    private const int Rows = 5;
    private const int BatchSize = 32;
    private const double Growth = 1.05;

    public static Command Create()
    {
        var count =
            new Option<int>("--count") { Description = "Training steps, and as many predictions.", DefaultValueFactory = _ => 10_000 };
        var command = new Command("steps", "Train and predict long and expect memory to stay level.") { count };
        command.SetAction(parsed => Run(parsed.GetValue(count) / Rows));
        return command;
    }

    private static int Run(int stepsARow)
    {
        AllocatorTuning.KeepLargeBlocks();
        var (train, _) = Datasets.GeneratedDigits(10 * BatchSize, 1);
        using var model = Sequential.Input(28, 28, 1).Conv2D(8, 3, Activation.Relu, strides: 2).BatchNormalization().Flatten().Dropout(0.2)
            .Dense(10, Activation.Softmax).Build().ToModel(Device.Cpu, seed: 1);
        model.Compile(Optimizer.Adam(), Loss.SparseCategoricalCrossentropy(), Metric.Accuracy());
        Console.WriteLine("| steps | predictions | resident memory, MB | tensors alive |\n| --- | --- | --- | --- |");
        var rows = Enumerable.Range(0, Rows + 1).Select(row => Row(model, train, row, row == 0 ? stepsARow / 10 : stepsARow)).ToList();
        return rows[^1].Memory <= Growth * rows[0].Memory && rows[^1].Alive == rows[0].Alive ? 0 : 1;
    }

    /// <summary>The first row warms up: what is made once is there afterwards.</summary>
    private static (double Memory, long Alive) Row(Model model, Dataset train, int row, int steps)
    {
        model.Fit(train, epochs: Math.Max(1, steps / 10), batchSize: BatchSize);
        var batch = train.Input.Slice(0, BatchSize);
        for (var i = 0; i < steps; i++) model.Predict(batch);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var (memory, alive) = (Environment.WorkingSet / 1e6, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        Console.WriteLine(FormattableString.Invariant($"| {row * steps:n0} | {row * steps:n0} | {memory:f1} | {alive} |"));
        return (memory, alive);
    }
}

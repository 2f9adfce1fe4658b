using System.Globalization;
using DeepGpu.Models;

namespace DeepGpu.Benchmarks;

/// <summary>Trains the CNN on Fashion-MNIST for five epochs and prints what a step allocates in each: it must not grow.</summary>
internal static class AllocationCommand
{
    public const string Name = "allocation";

    private const int Epochs = 5;

    public static int Run()
    {
        AllocatorTuning.KeepLargeBlocks();
        var (train, _) = Datasets.FashionMnist();
        using var model = Network.All[0].Spec().ToModel(Device.Cpu, seed: 1);
        model.Compile(Optimizer.Adam(), Loss.SparseCategoricalCrossentropy(), Metric.Accuracy());
        Console.WriteLine("| epoch | managed bytes a step | managed heap, MB | working set, MB | seconds |");
        Console.WriteLine("| --- | --- | --- | --- | --- |");
        model.Fit(train, new FitOptions { Epochs = Epochs, BatchSize = Network.BatchSize, Callbacks = [new Row()] });
        return 0;
    }

    private sealed class Row : Callback
    {
        private readonly System.Diagnostics.Stopwatch _clock = new();
        private long _before;
        private int _steps;

        public override void OnEpochBegin(TrainingContext context)
        {
            _clock.Restart();
            _steps = 0;
            _before = GC.GetAllocatedBytesForCurrentThread();
        }

        public override void OnBatchEnd(TrainingContext context) => _steps++;

        public override void OnEpochEnd(TrainingContext context, IDictionary<string, double> logs)
        {
            var bytes = (GC.GetAllocatedBytesForCurrentThread() - _before) / (double)_steps;
            var heap = GC.GetTotalMemory(forceFullCollection: true) / 1e6;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| {context.Epoch} | {bytes:0} | {heap:0.0} | {Environment.WorkingSet / 1e6:0} | {_clock.Elapsed.TotalSeconds:0.0} |"));
        }
    }
}

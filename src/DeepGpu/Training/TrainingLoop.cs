using System.Diagnostics;
using TorchSharp;

namespace DeepGpu;

/// <summary>Runs epochs over resident data.</summary>
internal sealed class TrainingLoop(Compiled compiled, torch.Device device, int seed)
{
    private static readonly TimeSpan ReportInterval = TimeSpan.FromMilliseconds(100);

    public History Fit(Dataset data, FitOptions options, CancellationToken cancellation)
    {
        using var train = new ResidentData(data.Input, data.Target, device);
        using var validation = options.Validation is { } v ? new ResidentData(v.Input, v.Target, device) : null;
        using var random = new torch.Generator(new StableRandom(seed).NextBits(), device);
        var history = new History();
        for (var epoch = 1; epoch <= options.Epochs; epoch++)
        {
            if (options.Shuffle) train.Shuffle(seed, epoch);
            history.Add(RunEpoch(epoch, train, validation, options, random, cancellation));
        }

        return history;
    }

    public IReadOnlyDictionary<string, double> Evaluate(ResidentData data, int batchSize, string prefix = "", CancellationToken cancellation = default)
    {
        using var noGradient = torch.no_grad();
        using var logs = new EpochLogs(compiled.Metrics, device);
        for (var batch = 0; batch < data.Batches(batchSize); batch++)
        {
            cancellation.ThrowIfCancellationRequested();
            using var scope = torch.NewDisposeScope();
            var (inputs, targets) = data.Batch(batch, batchSize);
            logs.Add(compiled.TestStep(inputs, targets), inputs.shape[0]);
        }

        return logs.Read(prefix);
    }

    private Dictionary<string, double> RunEpoch(int epoch, ResidentData train, ResidentData? validation, FitOptions options, torch.Generator random, CancellationToken cancellation)
    {
        var (clock, batches) = (Stopwatch.StartNew(), train.Batches(options.BatchSize));
        using var logs = new EpochLogs(compiled.Metrics, device);
        var lastReport = TimeSpan.Zero;
        for (var batch = 0; batch < batches; batch++)
        {
            cancellation.ThrowIfCancellationRequested();
            TrainBatch(train, batch, options.BatchSize, random, logs);
            if (options.Progress is null || clock.Elapsed - lastReport < ReportInterval) continue;
            lastReport = clock.Elapsed;
            options.Progress.Report(new(epoch, options.Epochs, batch + 1, batches, logs.Read(), clock.Elapsed));
        }

        var values = logs.Read();
        if (validation is not null) foreach (var (name, value) in Evaluate(validation, options.BatchSize, "val_", cancellation)) values[name] = value;
        options.Progress?.Report(new(epoch, options.Epochs, batches, batches, values, clock.Elapsed) { IsEpochEnd = true });
        return values;
    }

    private void TrainBatch(ResidentData data, int batch, int batchSize, torch.Generator random, EpochLogs logs)
    {
        using var scope = torch.NewDisposeScope();
        var (inputs, targets) = data.Batch(batch, batchSize);
        logs.Add(compiled.TrainStep(inputs, targets, ForwardContext.Training(random)), inputs.shape[0]);
    }
}

/// <summary>The settings of one call of Fit.</summary>
internal sealed record FitOptions(int Epochs, int BatchSize, Dataset? Validation, bool Shuffle, IProgress<TrainingProgress>? Progress);

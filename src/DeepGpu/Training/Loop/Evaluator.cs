using TorchSharp;

namespace DeepGpu;

/// <summary>Measures losses and metrics on data, with sums of its own.</summary>
internal sealed class Evaluator(Compiled compiled, BatchSource data, torch.Device device) : IDisposable
{
    public IReadOnlyDictionary<string, double> Run(int batchSize, CancellationToken cancellation = default)
    {
        using var noGradient = torch.no_grad();
        using var logs = new EpochLogs(compiled.LossNames, device);
        foreach (var (_, metric) in compiled.Metrics) metric.Reset();
        using var batches = data.Epoch(1, batchSize, cancellation: cancellation).GetEnumerator();
        while (Step(batches, logs)) cancellation.ThrowIfCancellationRequested();
        var values = logs.Read();
        foreach (var (name, metric) in compiled.Metrics) metric.WriteTo(values, name);
        return values;
    }

    public void Dispose() => data.Dispose();

    private bool Step(IEnumerator<TensorBatch> batches, EpochLogs logs)
    {
        using var scope = torch.NewDisposeScope();
        if (!batches.MoveNext()) return false;
        var result = compiled.Forward(batches.Current, ForwardContext.Measuring());
        logs.Add(result.Losses, batches.Current.Size);
        compiled.UpdateMetrics(batches.Current, result);
        return true;
    }
}

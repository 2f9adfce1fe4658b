using TorchSharp;

namespace DeepGpu;

/// <summary>Measures losses and metrics on data. Broken off, it leaves sums and states as they were.</summary>
internal sealed class Evaluator(Compiled compiled, BatchSource data, torch.Device device) : IDisposable
{
    public IReadOnlyDictionary<string, double> Run(int batchSize, CancellationToken cancellation = default)
    {
        using var before = new StepSnapshot(compiled);
        before.Take();
        try
        {
            return Measure(batchSize, cancellation);
        }
        catch
        {
            before.Restore();
            throw;
        }
    }

    public void Dispose() => data.Dispose();

    private Dictionary<string, double> Measure(int batchSize, CancellationToken cancellation)
    {
        using var noGradient = torch.no_grad();
        using var logs = new EpochLogs(compiled.LossNames, device);
        compiled.ResetMetrics();
        using var batches = data.Epoch(1, batchSize, cancellation: cancellation).GetEnumerator();
        while (Step(batches, logs)) cancellation.ThrowIfCancellationRequested();
        return compiled.Read(logs);
    }

    private bool Step(IEnumerator<TensorBatch> batches, EpochLogs logs)
    {
        using var scope = torch.NewDisposeScope();
        if (!batches.MoveNext()) return false;
        compiled.Measure(batches.Current, logs);
        return true;
    }
}

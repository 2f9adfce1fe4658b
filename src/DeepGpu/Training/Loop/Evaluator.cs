using TorchSharp;

namespace DeepGpu;

/// <summary>Measures losses and metrics on data, with sums of its own: a training beside it keeps those it has. Broken off, it leaves
/// states as they were.</summary>
internal sealed class Evaluator(Compiled compiled, BatchSource data, torch.Device device) : IDisposable
{
    private readonly Compiled _apart = compiled.Apart(device);

    public IReadOnlyDictionary<string, double> Run(int batchSize, CancellationToken cancellation = default)
    {
        using var before = new KeptStates(compiled.StatefulLayers);
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

    public void Dispose()
    {
        _apart.Dispose();
        data.Dispose();
    }

    private Dictionary<string, double> Measure(int batchSize, CancellationToken cancellation)
    {
        using var noGradient = torch.no_grad();
        using var logs = new EpochLogs(compiled.LossNames, device);
        compiled.BeginRound();
        _apart.ResetMetrics();
        using var batches = data.Epoch(1, batchSize, cancellation: cancellation).GetEnumerator();
        while (Step(batches, logs)) cancellation.ThrowIfCancellationRequested();
        return _apart.Read(logs);
    }

    private bool Step(IEnumerator<TensorBatch> batches, EpochLogs logs)
    {
        using var scope = torch.NewDisposeScope();
        if (!batches.MoveNext()) return false;
        using var reading = compiled.Gate.Read();
        _apart.Measure(batches.Current, logs);
        return true;
    }
}

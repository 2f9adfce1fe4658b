using DeepGpu.Data;
using TorchSharp;

namespace DeepGpu.Training;

/// <summary>Measures losses and metrics on data, with sums of its own: a training beside it keeps those it has. Where memory does not hold
/// a whole batch it continues in parts. Broken off, it leaves states as they were.</summary>
internal sealed class Evaluator(Compiled compiled, BatchSource data, torch.Device device) : IDisposable
{
    private readonly Compiled _apart = compiled.Apart(device);
    private readonly PartSize _parts = new();
    private int _size;

    /// <exception cref="TrainingDataException">There is no sample.</exception>
    /// <exception cref="OutOfGpuMemoryException">Not even one sample fits into memory.</exception>
    public IReadOnlyDictionary<string, double> Run(int batchSize, CancellationToken cancellation = default)
    {
        using var before = new KeptStates(compiled.StatefulLayers);
        before.Take();
        while (true)
        {
            try
            {
                return Measure(batchSize, cancellation);
            }
            catch (Exception e) when (compiled.Group is null && OutOfMemory.Is(e))
            {
                before.Restore();
                Restart(e);
            }
            catch
            {
                before.Restore();
                throw;
            }
        }
    }

    public void Dispose()
    {
        _apart.Dispose();
        data.Dispose();
    }

    /// <summary>Sums may hold half of a batch: everything is measured again, in smaller parts.</summary>
    private void Restart(Exception cause)
    {
        if (compiled.StatefulLayers.Count > 0) throw OutOfMemory.OfStatefulLayers(cause);
        _parts.Halve(_size, cause);
    }

    private Dictionary<string, double> Measure(int batchSize, CancellationToken cancellation)
    {
        using var noGradient = torch.no_grad();
        using var logs = new EpochLogs(compiled.LossNames, device);
        compiled.BeginRound();
        _apart.ResetMetrics();
        using var batches = data.Epoch(1, batchSize, cancellation: cancellation).GetEnumerator();
        while (Step(batches, logs)) cancellation.ThrowIfCancellationRequested();
        return logs.Samples > 0 ? _apart.Read(logs, together: true) : throw DatasetChecks.Empty("what is measured yields none");
    }

    private bool Step(IEnumerator<TensorBatch> batches, EpochLogs logs)
    {
        using var scope = torch.NewDisposeScope();
        if (!batches.MoveNext()) return false;
        using var reading = compiled.Gate.Read();
        _size = batches.Current.Size;
        _apart.Measure(batches.Current, logs, _parts);
        return true;
    }
}

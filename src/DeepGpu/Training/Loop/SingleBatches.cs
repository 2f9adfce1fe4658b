using DeepGpu.Data;
using TorchSharp;

namespace DeepGpu.Training;

/// <summary>Trains and measures on batches one by one: the step of Fit, with sums that may go on from call to call.</summary>
internal sealed class SingleBatches : IDisposable
{
    private readonly Compiled _compiled;
    private readonly EpochLogs _logs;
    private readonly torch.Device _device;
    private readonly int _seed;
    private readonly PartSize _measured = new();
    private int _round = -1;
    private int _partSize = int.MaxValue;

    public SingleBatches(Compiled compiled, torch.Device device, int seed)
    {
        (_compiled, _device, _seed) = (compiled, device, seed);
        _logs = new(compiled.LossNames, device);
    }

    /// <summary>Takes a step.</summary>
    /// <param name="source">A source with one batch.</param>
    /// <param name="size">Its samples.</param>
    /// <param name="classWeights">As <see cref="FitOptions.ClassWeights"/>.</param>
    /// <param name="resets">Whether sums begin again.</param>
    public IReadOnlyDictionary<string, double> Train(BatchSource source, int size,
        IReadOnlyDictionary<int, double>? classWeights, bool resets)
    {
        using var scope = torch.NewDisposeScope();
        using var steps = new StepRunner(_compiled, new() { ClassWeights = classWeights }, _device, _seed) { PartSize = _partSize };
        Begin(resets);
        _logs.Add(steps.Run(source.Epoch(1, size).First())!, size, _compiled.Group?.PartOf(size).Count);
        _partSize = steps.PartSize;
        return _compiled.Read(_logs, together: true);
    }

    /// <summary>Measures.</summary>
    public IReadOnlyDictionary<string, double> Measure(BatchSource source, int size, bool resets)
    {
        using var scope = torch.NewDisposeScope();
        using var noGradient = torch.no_grad();
        Begin(resets);
        using var before = new StepSnapshot(_compiled);
        before.Take();
        Measure(source.Epoch(1, size).First(), before);
        return _compiled.Read(_logs, together: true);
    }

    public void Dispose() => _logs.Dispose();

    /// <summary>Measures in ever smaller parts until they fit; what a failed attempt added is taken back.</summary>
    private void Measure(TensorBatch batch, StepSnapshot before)
    {
        while (true)
        {
            using var added = new EpochLogs(_compiled.LossNames, _device);
            try
            {
                _compiled.Measure(batch, added, _measured);
                _logs.Add(added);
                return;
            }
            catch (Exception e) when (_compiled.Group is null && OutOfMemory.Is(e))
            {
                before.Restore();
                if (_compiled.StatefulLayers.Count > 0) throw OutOfMemory.OfStatefulLayers(e);
                _measured.Halve(batch.Size, e);
            }
        }
    }

    /// <summary>Sums that Fit or Evaluate used meanwhile cannot be continued.</summary>
    private void Begin(bool resets)
    {
        if (!resets && _round == _compiled.Round) return;
        _compiled.ResetMetrics();
        _logs.Reset();
        _round = _compiled.Round;
    }
}

using TorchSharp;

namespace DeepGpu;

/// <summary>Loss and metrics over the batches of one pass: the loss is the mean over samples, kept on the device until read.</summary>
internal sealed class EpochLogs : IDisposable
{
    private readonly IReadOnlyList<MetricState> _metrics;
    private readonly torch.Tensor _lossSum;
    private long _samples;

    public EpochLogs(IReadOnlyList<MetricState> metrics, torch.Device device)
    {
        _metrics = metrics;
        foreach (var metric in metrics) metric.Reset();
        _lossSum = torch.zeros([], torch.ScalarType.Float64, device).DetachFromDisposeScope();
    }

    public void Add(torch.Tensor meanLoss, long samples)
    {
        using var noGradient = torch.no_grad();
        _lossSum.add_(meanLoss, alpha: samples);
        _samples += samples;
    }

    public Dictionary<string, double> Read(string prefix = "")
    {
        var logs = new Dictionary<string, double> { [prefix + "loss"] = _lossSum.item<double>() / _samples };
        foreach (var metric in _metrics) logs[prefix + metric.Metric.Name] = metric.Result();
        return logs;
    }

    public void Dispose() => _lossSum.Dispose();
}

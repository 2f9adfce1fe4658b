using DeepGpu.Models;
using TorchSharp;

namespace DeepGpu;

/// <summary>One output of a compiled model: its loss, and its metrics with their sums.</summary>
internal sealed class CompiledOutput : IDisposable
{
    private readonly OutputTraining _options;
    private readonly Activation _activation;
    private readonly IReadOnlyList<(string Name, MetricState State, bool IsWeighted)> _metrics;

    public CompiledOutput(OutputTraining options, string prefix, Activation activation, torch.Device device)
    {
        (_options, _activation) = (options, activation);
        TakesLogits = options.Loss?.TakesLogitsOf(activation) ?? false;
        _metrics = [.. options.Metrics.Select(metric => (prefix + metric.Name, new MetricState(metric, device), false)), .. options.WeightedMetrics.Select(metric => (prefix + metric.Name, new MetricState(metric, device), true))];
    }

    /// <summary>Whether the output's activation is left out of the graph.</summary>
    public bool TakesLogits { get; }

    public Loss? Loss => _options.Loss;

    public double LossWeight => _options.LossWeight;

    public IEnumerable<(string Name, MetricState State)> Metrics => _metrics.Select(metric => (metric.Name, metric.State));

    /// <summary>The mean loss of a batch; null for an output without a loss.</summary>
    public torch.Tensor? MeanLoss(torch.Tensor target, torch.Tensor output, torch.Tensor? weights)
    {
        if (Loss is null) return null;
        var losses = Loss.PerSample(target, output, TakesLogits);
        return weights is null ? losses.mean() : (losses * weights.reshape([-1, .. Enumerable.Repeat(1L, (int)losses.dim() - 1)])).mean();
    }

    public void UpdateMetrics(torch.Tensor target, torch.Tensor output, torch.Tensor? weights)
    {
        if (_metrics.Count == 0) return;
        var activated = TakesLogits ? _activation.Apply(output) : output;
        foreach (var (_, state, isWeighted) in _metrics) state.Add(target, activated, isWeighted ? weights : null);
    }

    public void Dispose()
    {
        foreach (var (_, state, _) in _metrics) state.Dispose();
    }
}

using DeepGpu.Losses;
using DeepGpu.Models;
using TorchSharp;

namespace DeepGpu.Training;

/// <summary>One output of a compiled model: its loss, and its metrics with their sums.</summary>
internal sealed class CompiledOutput : IDisposable
{
    private readonly OutputTraining _options;
    private readonly Activation _activation;
    private readonly IReadOnlyList<(string Name, MetricState State, bool IsWeighted)> _metrics;
    private bool _isChecked;

    public CompiledOutput(OutputTraining options, MetricNames names, Activation activation, bool hasLoss, torch.Device device)
    {
        (_options, _activation) = (options with { Loss = options.Loss?.ThatTrains() }, activation);
        TakesLogits = hasLoss && (options.Loss?.TakesLogitsOf(activation) ?? false);
        _metrics = [.. options.Metrics.Select(metric => (names.Of(metric, isWeighted: false), new MetricState(metric, device), false)),
            .. options.WeightedMetrics.Select(metric => (names.Of(metric, isWeighted: true), new MetricState(metric, device), true))];
    }

    private CompiledOutput(CompiledOutput other, torch.Device device)
    {
        (_options, _activation, TakesLogits) = (other._options, other._activation, other.TakesLogits);
        _metrics = [.. other._metrics.Select(metric => (metric.Name, new MetricState(metric.State.Metric, device), metric.IsWeighted))];
    }

    /// <summary>The same, with sums of its own.</summary>
    public CompiledOutput Apart(torch.Device device) => new(this, device);

    /// <summary>Whether the output's activation is left out of the graph.</summary>
    public bool TakesLogits { get; }

    public Loss? Loss => _options.Loss;

    public double LossWeight => _options.LossWeight;

    public IEnumerable<(string Name, MetricState State)> Metrics => _metrics.Select(metric => (metric.Name, metric.State));

    /// <summary>The loss of a batch or a part of one; null for an output without a loss.
    /// The mean over parts by their numbers of samples is the batch's loss.</summary>
    public torch.Tensor? LossOf(torch.Tensor target, Signal output, torch.Tensor? weights, Part part)
    {
        var loss = Loss is { IsOwn: true } && !_isChecked
            ? OwnFunctions.Unchanged($"Loss '{Loss.Name}'", [target, output.Tensor],
                () => Loss.Compute(target, output.Tensor, TakesLogits, weights, output.Mask, part.Whole))
            : Loss?.Compute(target, output.Tensor, TakesLogits, weights, output.Mask, part.Whole);
        _isChecked = true;
        if (loss is null || part.Share == 1) return loss;
        if (part.Whole is { WereUsed: true }) return loss / Number(part.Share);
        return Loss!.Reduction switch
        {
            Reduction.Sum => loss / Number(part.Share),
            Reduction.MeanWithSampleWeight when part.WeightShare is { } weight => loss * weight / Number(part.Share),
            _ => loss,
        };
    }

    public void UpdateMetrics(torch.Tensor target, Signal output, torch.Tensor? weights)
    {
        if (_metrics.Count == 0) return;
        var activated = TakesLogits ? _activation.Apply(output.Tensor) : output.Tensor;
        foreach (var (_, state, isWeighted) in _metrics)
            state.Add(target, activated, isWeighted ? SampleWeights.Combined(weights, output.Mask) : output.Mask);
    }

    public void Dispose()
    {
        foreach (var (_, state, _) in _metrics) state.Dispose();
    }
}

using TorchSharp;

namespace DeepGpu;

/// <summary>A metric and its sums: what was measured so far.</summary>
public sealed class MetricState : IDisposable
{
    private readonly torch.Device _device;
    private IReadOnlyList<torch.Tensor> _sums = [];

    internal MetricState(Metric metric, torch.Device device)
    {
        (Metric, _device) = (metric, device);
        Reset();
    }

    /// <summary>The metric.</summary>
    public Metric Metric { get; }

    /// <summary>The sums: what a checkpoint keeps.</summary>
    internal IReadOnlyList<torch.Tensor> Sums => _sums;

    /// <summary>Starts over.</summary>
    public void Reset()
    {
        Dispose();
        using var scope = torch.NewDisposeScope();
        _sums = [.. Metric.Start(_device).Select(sum => sum.DetachFromDisposeScope())];
    }

    /// <summary>Adds a batch.</summary>
    /// <param name="target">The targets.</param>
    /// <param name="output">The model's output, its activation applied.</param>
    /// <param name="weights">A weight for each sample, (batch); null for 1.</param>
    public void Add(torch.Tensor target, torch.Tensor output, torch.Tensor? weights = null)
    {
        using var scope = torch.NewDisposeScope();
        using var noGradient = torch.no_grad();
        Metric.Add(_sums, target, output, weights);
    }

    /// <summary>The value over all batches so far.</summary>
    public double Result()
    {
        using var scope = torch.NewDisposeScope();
        return Metric.Result(_sums);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var sum in _sums) sum.Dispose();
        _sums = [];
    }
}

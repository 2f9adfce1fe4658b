using TorchSharp;

namespace DeepGpu;

/// <summary>A metric that is the weighted mean of a number for each sample.</summary>
public abstract class MeanMetric : Metric
{
    /// <inheritdoc/>
    public sealed override IReadOnlyList<torch.Tensor> Start(torch.Device device) => [torch.zeros([], torch.ScalarType.Float64, device), torch.zeros([], torch.ScalarType.Float64, device)];

    /// <inheritdoc/>
    public sealed override void Add(IReadOnlyList<torch.Tensor> sums, torch.Tensor target, torch.Tensor output, torch.Tensor? weights)
    {
        ArgumentNullException.ThrowIfNull(sums);
        var values = PerSample(target, output).to(torch.ScalarType.Float64);
        var weighted = weights is null ? values : values * Wide(weights, values);
        sums[0].add_(weighted.sum());
        if (weights is null) sums[1].add_(values.NumberOfElements);
        else sums[1].add_(Wide(weights, values).expand_as(values).sum());
    }

    /// <inheritdoc/>
    public sealed override double Result(IReadOnlyList<torch.Tensor> sums)
    {
        ArgumentNullException.ThrowIfNull(sums);
        var (sum, count) = (sums[0].item<double>(), sums[1].item<double>());
        return count == 0 ? 0 : sum / count;
    }

    /// <summary>The number for each sample, (batch) or (batch, ...).</summary>
    /// <param name="target">The targets.</param>
    /// <param name="output">The model's output, its activation applied.</param>
    protected abstract torch.Tensor PerSample(torch.Tensor target, torch.Tensor output);

    private static torch.Tensor Wide(torch.Tensor weights, torch.Tensor values)
        => weights.to(torch.ScalarType.Float64).reshape([.. weights.shape, .. Enumerable.Repeat(1L, (int)(values.dim() - weights.dim()))]);
}

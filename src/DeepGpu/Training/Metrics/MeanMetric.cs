using TorchSharp;

namespace DeepGpu;

/// <summary>A metric that is the weighted mean over samples of a number for each sample.</summary>
/// <remarks>A sample with several numbers, (batch, ...), counts once, with their weighted mean. Keras: https://keras.io/api/metrics/reduction_metrics/</remarks>
public abstract class MeanMetric : Metric
{
    /// <inheritdoc/>
    public sealed override IReadOnlyList<torch.Tensor> Start(torch.Device device) => [Sums.Zero(device), Sums.Zero(device)];

    /// <inheritdoc/>
    public sealed override void Add(IReadOnlyList<torch.Tensor> sums, torch.Tensor target, torch.Tensor output, torch.Tensor? weights)
    {
        ArgumentNullException.ThrowIfNull(sums);
        var each = PerSample(target, output);
        var values = (IsOwn ? OwnFunctions.Values(Name, each, output) : each).to(torch.ScalarType.Float64);
        var samples = values.dim() == 0 ? 1 : values.shape[0];
        var share = samples == 0 ? 0 : (double)samples / values.NumberOfElements;
        if (weights is null)
        {
            sums[0].add_(values.sum(), alpha: share);
            sums[1].add_(samples);
            return;
        }

        var aligned = SampleWeights.Aligned(weights.to(torch.ScalarType.Float64), values);
        sums[0].add_((values * aligned).sum(), alpha: share);
        sums[1].add_(aligned.expand_as(values).sum(), alpha: share);
    }

    /// <inheritdoc/>
    public override torch.Tensor Result(IReadOnlyList<torch.Tensor> sums)
    {
        ArgumentNullException.ThrowIfNull(sums);
        return Floats.DivideNoNan(sums[0], sums[1]);
    }

    /// <summary>The number for each sample, (batch) or (batch, ...).</summary>
    /// <param name="target">The targets.</param>
    /// <param name="output">The model's output, its activation applied.</param>
    protected abstract torch.Tensor PerSample(torch.Tensor target, torch.Tensor output);
}

using TorchSharp;

namespace DeepGpu;

/// <summary>A metric that is the weighted mean over samples of a number for each sample.</summary>
/// <remarks>A sample with several numbers, (batch, ...), counts once, with their weighted mean; weights are one for each sample, one for
/// each number, or of length 1 where they repeat. One weight for all, without an axis, weighs the batch as one sample, and one number for
/// the whole
/// batch is weighed by the mean of its weights. Keras: https://keras.io/api/metrics/reduction_metrics/</remarks>
public abstract class MeanMetric : Metric
{
    /// <inheritdoc/>
    public sealed override IReadOnlyList<torch.Tensor> Start(torch.Device device) => [Sums.Zero(device), Sums.Zero(device)];

    /// <inheritdoc/>
    public sealed override void Add(IReadOnlyList<torch.Tensor> sums, torch.Tensor target, torch.Tensor output, torch.Tensor? weights)
    {
        ArgumentNullException.ThrowIfNull(sums);
        var each = PerSample(target, output);
        var values = IsOwn ? OwnFunctions.Values(Name, each, output) : each;
        var all = weights is null ? null : SampleWeights.Combined(weights.to(torch.ScalarType.Float64), Counted(target, values));
        var numbers = values.to(torch.ScalarType.Float64);
        if (all is null) Count(sums, numbers, null);
        else if (numbers.dim() == 0 || all.dim() == 0) Count(sums, numbers.mean(), all.mean());
        else Count(sums, numbers, SampleWeights.Aligned(all, numbers).expand_as(numbers));
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

    /// <summary>Which of the numbers count where there are weights, in their shape; null for all.</summary>
    private protected virtual torch.Tensor? Counted(torch.Tensor target, torch.Tensor values) => null;

    /// <summary>Adds a batch of samples: the sum of their means, and how much they count.</summary>
    private static void Count(IReadOnlyList<torch.Tensor> sums, torch.Tensor values, torch.Tensor? weights)
    {
        var samples = values.dim() == 0 ? 1 : values.shape[0];
        var share = samples == 0 ? 0 : (double)samples / values.NumberOfElements;
        sums[0].add_((weights is null ? values : values * weights).sum(), alpha: Number(share));
        if (weights is null) sums[1].add_(Number(samples), Number(1));
        else sums[1].add_(weights.sum(), alpha: Number(share));
    }
}

using DeepGpu.Losses;
using DeepGpu.Metrics;
using TorchSharp;

namespace DeepGpu;

/// <summary>The weighted sum of the outputs; targets play no part. Keras: https://keras.io/api/metrics/reduction_metrics/</summary>
public sealed class Sum : Metric
{
    /// <inheritdoc/>
    protected override string DefaultName => "sum";

    /// <inheritdoc/>
    public override IReadOnlyList<torch.Tensor> Start(torch.Device device) => [Sums.Zero(device)];

    /// <inheritdoc/>
    public override void Add(IReadOnlyList<torch.Tensor> sums, torch.Tensor target, torch.Tensor output, torch.Tensor? weights)
    {
        ArgumentNullException.ThrowIfNull(sums);
        ArgumentNullException.ThrowIfNull(output);
        var values = output.to(torch.ScalarType.Float64);
        sums[0].add_((weights is null ? values : values * SampleWeights.Aligned(weights.to(torch.ScalarType.Float64), values)).sum(),
            Number(1));
    }

    /// <inheritdoc/>
    public override torch.Tensor Result(IReadOnlyList<torch.Tensor> sums)
    {
        ArgumentNullException.ThrowIfNull(sums);
        return sums[0];
    }
}

using TorchSharp;

namespace DeepGpu;

/// <summary>The weighted mean of the outputs; targets play no part. Keras: https://keras.io/api/metrics/reduction_metrics/</summary>
public sealed class Mean : MeanMetric
{
    /// <inheritdoc/>
    protected override string DefaultName => "mean";

    /// <inheritdoc/>
    protected override torch.Tensor PerSample(torch.Tensor target, torch.Tensor output) => output;
}

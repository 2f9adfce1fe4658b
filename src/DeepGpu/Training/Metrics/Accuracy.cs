using TorchSharp;

namespace DeepGpu;

/// <summary>The share of samples whose largest output is at the target class; with one output, of those on the target's side of 0.5.</summary>
/// <remarks>Keras: https://keras.io/api/metrics/accuracy_metrics/</remarks>
public sealed class Accuracy : MeanMetric
{
    /// <inheritdoc/>
    public override string Name => "accuracy";

    /// <inheritdoc/>
    public override MonitorMode Direction => MonitorMode.Max;

    /// <inheritdoc/>
    protected override torch.Tensor PerSample(torch.Tensor target, torch.Tensor output)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(output);
        return output.shape[^1] == 1 ? Sides(target, output) : Classes(target, output);
    }

    private static torch.Tensor Sides(torch.Tensor target, torch.Tensor output) => output.gt(0.5).eq(target.reshape(output.shape).gt(0.5));

    private static torch.Tensor Classes(torch.Tensor target, torch.Tensor output)
    {
        var isOneHot = target.dim() == output.dim() && target.shape[^1] == output.shape[^1];
        var expected = isOneHot ? target.argmax(-1) : target.to(torch.ScalarType.Int64).reshape(output.shape[..^1]);
        return output.argmax(-1).eq(expected);
    }
}

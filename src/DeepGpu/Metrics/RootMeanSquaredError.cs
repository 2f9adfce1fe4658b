using DeepGpu.Losses;
using DeepGpu.Models.Registry;
using TorchSharp;

namespace DeepGpu;

/// <summary>The root of the mean of the squared differences. Keras: https://keras.io/api/metrics/regression_metrics/</summary>
[KerasClass(Aliases = ["rmse"])]
public sealed class RootMeanSquaredError : MeanMetric
{
    /// <inheritdoc/>
    protected override string DefaultName => "root_mean_squared_error";

    /// <inheritdoc/>
    protected internal override MonitorMode Direction => MonitorMode.Min;

    internal override TargetForm Form => TargetForm.LikeOutput;

    /// <inheritdoc/>
    public override torch.Tensor Result(IReadOnlyList<torch.Tensor> sums) => base.Result(sums).sqrt();

    /// <inheritdoc/>
    protected override torch.Tensor PerSample(torch.Tensor target, torch.Tensor output)
    {
        var (targets, outputs) = ElementwiseLoss.Aligned(target, output);
        return (outputs - targets).Squared();
    }
}

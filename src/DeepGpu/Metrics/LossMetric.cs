using DeepGpu.Models;
using TorchSharp;

namespace DeepGpu;

/// <summary>The mean of a loss over samples, whatever its reduction.</summary>
/// <remarks>A target that the loss ignores counts as a loss of 0; where there are sample weights or a mask, it does not count, as in
/// Keras.</remarks>
/// <param name="loss">The loss.</param>
[KerasClass(IsListed = false, HasMethod = false)]
public sealed class LossMetric(Loss loss) : MeanMetric
{
    /// <summary>The loss.</summary>
    public Loss Loss { get; } = loss ?? throw new ArgumentNullException(nameof(loss));

    /// <inheritdoc/>
    protected override string DefaultName => Loss.MetricName;

    /// <inheritdoc/>
    protected internal override MonitorMode Direction => MonitorMode.Min;

    internal override bool IsOwn => Loss.IsOwn;

    internal override TargetForm Form => Loss.Form;

    internal override int ClassAxis => Loss.ClassAxis;

    /// <inheritdoc/>
    public override void CheckTargets(NDArray targets, Shape output) => Loss.CheckTargets(targets, output);

    /// <inheritdoc/>
    protected override torch.Tensor PerSample(torch.Tensor target, torch.Tensor output) => Loss.Each(target, output);

    private protected override torch.Tensor? Counted(torch.Tensor target, torch.Tensor values) => Loss.Counted(target, values);
}

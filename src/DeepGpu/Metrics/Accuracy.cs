using DeepGpu.Models;
using TorchSharp;

namespace DeepGpu;

/// <summary>What Keras makes of "accuracy": <see cref="BinaryAccuracy"/> for one output,
/// else <see cref="SparseCategoricalAccuracy"/> or <see cref="CategoricalAccuracy"/>, told apart by the targets' shape.</summary>
/// <remarks>Keras: https://keras.io/api/metrics/accuracy_metrics/.
/// Its class Accuracy, which compares numbers, is <see cref="EqualAccuracy"/>.</remarks>
[KerasClass(IsListed = false)]
public sealed class Accuracy : MeanMetric
{
    /// <inheritdoc/>
    protected override string DefaultName => "accuracy";

    /// <inheritdoc/>
    protected internal override MonitorMode Direction => MonitorMode.Max;

    internal override TargetForm Form => TargetForm.OneHotOrClassIndex;

    /// <inheritdoc/>
    protected override torch.Tensor PerSample(torch.Tensor target, torch.Tensor output)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(output);
        if (output.size(-1) == 1) return Matches.Sides(target, output, threshold: 0.5);
        var isOneHot = target.dim() == output.dim() && target.size(-1) == output.size(-1);
        return isOneHot ? Matches.OneHot(target, output) : Matches.Indices(target, output);
    }
}

/// <summary>The share of outputs that equal their target exactly: Keras's class Accuracy.</summary>
/// <remarks>Keras: https://keras.io/api/metrics/accuracy_metrics/</remarks>
[KerasClass("Accuracy")]
public sealed class EqualAccuracy : MeanMetric
{
    /// <inheritdoc/>
    protected override string DefaultName => "accuracy";

    /// <inheritdoc/>
    protected internal override MonitorMode Direction => MonitorMode.Max;

    internal override TargetForm Form => TargetForm.LikeOutput;

    /// <inheritdoc/>
    protected override torch.Tensor PerSample(torch.Tensor target, torch.Tensor output)
    {
        var (targets, outputs) = ElementwiseLoss.Aligned(target, output);
        return targets.eq(outputs);
    }
}

/// <summary>The share of outputs on the same side of a threshold as their target, 0 or 1.
/// Keras: https://keras.io/api/metrics/accuracy_metrics/</summary>
public sealed class BinaryAccuracy : MeanMetric
{
    /// <inheritdoc/>
    protected override string DefaultName => "binary_accuracy";

    /// <inheritdoc/>
    protected internal override MonitorMode Direction => MonitorMode.Max;

    /// <summary>Outputs above it count as 1; between 0 and 1, both excluded. Default 0.5.</summary>
    public double Threshold
    {
        get;
        init => field = value is > 0 and < 1
            ? value
            : throw Require.OutOfRange(nameof(BinaryAccuracy), nameof(Threshold), "above 0 and below 1", value);
    } = 0.5;

    internal override TargetForm Form => TargetForm.LikeOutput;

    /// <inheritdoc/>
    protected override torch.Tensor PerSample(torch.Tensor target, torch.Tensor output) => Matches.Sides(target, output, Threshold);
}

/// <summary>The share of samples whose largest output is at the target class, targets one-hot.
/// Keras: https://keras.io/api/metrics/accuracy_metrics/</summary>
public sealed class CategoricalAccuracy : MeanMetric
{
    /// <inheritdoc/>
    protected override string DefaultName => "categorical_accuracy";

    /// <inheritdoc/>
    protected internal override MonitorMode Direction => MonitorMode.Max;

    internal override TargetForm Form => TargetForm.OneHot;

    /// <inheritdoc/>
    protected override torch.Tensor PerSample(torch.Tensor target, torch.Tensor output) => Matches.OneHot(target, output);
}

/// <summary>The share of samples whose largest output is at the target class, targets class indices.
/// Keras: https://keras.io/api/metrics/accuracy_metrics/</summary>
public sealed class SparseCategoricalAccuracy : MeanMetric
{
    /// <inheritdoc/>
    protected override string DefaultName => "sparse_categorical_accuracy";

    /// <inheritdoc/>
    protected internal override MonitorMode Direction => MonitorMode.Max;

    internal override TargetForm Form => TargetForm.ClassIndex;

    /// <inheritdoc/>
    public override void CheckTargets(NDArray targets, Shape output)
    {
        base.CheckTargets(targets, output);
        TargetValues.AreWhole(targets, Name);
    }

    /// <inheritdoc/>
    protected override torch.Tensor PerSample(torch.Tensor target, torch.Tensor output) => Matches.Indices(target, output);
}

using DeepGpu.Models;
using TorchSharp;

namespace DeepGpu;

/// <summary>Intersection over union, hits / (hits + missed + false alarms), the mean over some classes.
/// Keras: https://keras.io/api/metrics/segmentation_metrics/</summary>
/// <remarks>Classes that occur neither as target nor as output do not count.
/// A label outside the classes, which <c>Fit</c> and <c>Evaluate</c> refuse, counts as nothing here.</remarks>
public abstract class IoUMetric : Metric
{
    private protected IoUMetric(int numClasses) => NumClasses = Require.AtLeast(numClasses, 1, GetType().Name, nameof(NumClasses));

    /// <summary>How many classes there are, at least 1.</summary>
    public int NumClasses { get; }

    /// <inheritdoc/>
    protected internal override MonitorMode Direction => MonitorMode.Max;

    internal override TargetForm Form
        => HasSparseTargets == HasSparseOutputs ? TargetForm.LikeOutput : HasSparseTargets ? TargetForm.ClassIndex : TargetForm.Any;

    private protected virtual bool HasSparseTargets => true;

    private protected virtual bool HasSparseOutputs => true;

    private protected virtual int ClassesAxis => -1;

    private protected virtual int? Ignored => null;

    /// <summary>The classes the mean is over.</summary>
    private protected abstract IEnumerable<int> Classes { get; }

    /// <summary>The weight of each pair of target and output class, (classes, classes).</summary>
    /// <param name="device">Where it lies.</param>
    public sealed override IReadOnlyList<torch.Tensor> Start(torch.Device device) => [ClassPairs.Start(NumClasses, device)];

    /// <inheritdoc/>
    public sealed override void Add(IReadOnlyList<torch.Tensor> sums, torch.Tensor target, torch.Tensor output, torch.Tensor? weights)
    {
        ArgumentNullException.ThrowIfNull(sums);
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(output);
        var truth = HasSparseTargets ? target : target.argmax(ClassesAxis);
        ClassPairs.Add(sums[0], truth, Predicted(output), weights, Ignored);
    }

    /// <inheritdoc/>
    public sealed override torch.Tensor Result(IReadOnlyList<torch.Tensor> sums)
    {
        ArgumentNullException.ThrowIfNull(sums);
        var hits = sums[0].diagonal();
        var union = sums[0].sum([0L]).Plus(sums[0].sum([1L])) - hits;
        var chosen = torch.tensor(Classes.Select(c => (long)c).ToArray(), device: hits.device);
        var (own, all) = (hits.index_select(0, chosen), union.index_select(0, chosen));
        var occurring = all.gt(Number(1e-9)).to(torch.ScalarType.Float64).sum();
        return (own / all.Plus(Floats.Epsilon)).sum() / occurring.Plus(Floats.Epsilon);
    }

    /// <inheritdoc/>
    public override void CheckTargets(NDArray targets, Shape output)
    {
        base.CheckTargets(targets, output);
        if (HasSparseTargets) TargetValues.AreClassIndices(targets, NumClasses, Name, Ignored);
    }

    private protected virtual torch.Tensor Predicted(torch.Tensor output) => HasSparseOutputs ? output : output.argmax(ClassesAxis);

    private protected static IReadOnlyList<int> Checked(IReadOnlyList<int> targetClassIds, int numClasses, string owner)
        => targetClassIds is { Count: > 0 } && targetClassIds.All(id => id >= 0 && id < numClasses)
            ? [.. targetClassIds]
            : throw Require.OutOfRange(owner, nameof(targetClassIds), $"one or more classes from 0 to {numClasses - 1}",
                targetClassIds is null ? null : $"[{string.Join(", ", targetClassIds)}]");
}

/// <summary>Intersection over union of targets and outputs that are class indices, or have one number for each class on an axis.</summary>
/// <remarks>Keras: https://keras.io/api/metrics/segmentation_metrics/</remarks>
public abstract class ClassMapIoU : IoUMetric
{
    private protected ClassMapIoU(int numClasses, bool sparseOutputs)
        : base(numClasses) => SparseYPred = sparseOutputs;

    /// <summary>A target that does not count, e.g. 255 for "no class". Default null: every target counts.</summary>
    public int? IgnoreClass { get; init; }

    /// <summary>Whether outputs are class indices rather than one number for each class. Default true;
    /// false where targets are one-hot.</summary>
    public bool SparseYPred { get; init; }

    /// <summary>The axis of the classes where there is one number for each. Default -1, the last.</summary>
    public int Axis { get; init; } = -1;

    private protected override bool HasSparseOutputs => SparseYPred;

    private protected override int ClassesAxis => Axis;

    private protected override int? Ignored => IgnoreClass;
}

/// <summary>Intersection over union of chosen classes. Keras: https://keras.io/api/metrics/segmentation_metrics/</summary>
/// <param name="numClasses">How many classes there are, at least 1.</param>
/// <param name="targetClassIds">The classes the mean is over.</param>
public sealed class IoU(int numClasses, IReadOnlyList<int> targetClassIds) : ClassMapIoU(numClasses, sparseOutputs: true)
{
    /// <inheritdoc/>
    protected override string DefaultName => "io_u";

    /// <summary>The classes the mean is over.</summary>
    public IReadOnlyList<int> TargetClassIds { get; } = Checked(targetClassIds, numClasses, nameof(IoU));

    /// <summary>Whether targets are class indices rather than one number for each class. Default true.</summary>
    public bool SparseYTrue { get; init; } = true;

    private protected override bool HasSparseTargets => SparseYTrue;

    internal override int ClassAxis => Axis;

    private protected override IEnumerable<int> Classes => TargetClassIds;
}

/// <summary>Intersection over union, the mean over all classes. Keras: https://keras.io/api/metrics/segmentation_metrics/</summary>
/// <param name="numClasses">How many classes there are, at least 1.</param>
public sealed class MeanIoU(int numClasses) : ClassMapIoU(numClasses, sparseOutputs: true)
{
    /// <inheritdoc/>
    protected override string DefaultName => "mean_io_u";

    /// <summary>Whether targets are class indices rather than one number for each class. Default true.</summary>
    public bool SparseYTrue { get; init; } = true;

    private protected override bool HasSparseTargets => SparseYTrue;

    internal override int ClassAxis => Axis;

    private protected override IEnumerable<int> Classes => Enumerable.Range(0, NumClasses);
}

/// <summary>Intersection over union of chosen classes, targets one-hot. Keras: https://keras.io/api/metrics/segmentation_metrics/</summary>
/// <param name="numClasses">How many classes there are, at least 1.</param>
/// <param name="targetClassIds">The classes the mean is over.</param>
public sealed class OneHotIoU(int numClasses, IReadOnlyList<int> targetClassIds) : ClassMapIoU(numClasses, sparseOutputs: false)
{
    /// <inheritdoc/>
    protected override string DefaultName => "one_hot_io_u";

    /// <summary>The classes the mean is over.</summary>
    public IReadOnlyList<int> TargetClassIds { get; } = Checked(targetClassIds, numClasses, nameof(OneHotIoU));

    private protected override bool HasSparseTargets => false;

    private protected override IEnumerable<int> Classes => TargetClassIds;
}

/// <summary>Intersection over union, the mean over all classes, targets one-hot.
/// Keras: https://keras.io/api/metrics/segmentation_metrics/</summary>
/// <param name="numClasses">How many classes there are, at least 1.</param>
public sealed class OneHotMeanIoU(int numClasses) : ClassMapIoU(numClasses, sparseOutputs: false)
{
    /// <inheritdoc/>
    protected override string DefaultName => "one_hot_mean_io_u";

    private protected override bool HasSparseTargets => false;

    private protected override IEnumerable<int> Classes => Enumerable.Range(0, NumClasses);
}

/// <summary>Intersection over union of two classes, outputs compared with a threshold.
/// Keras: https://keras.io/api/metrics/segmentation_metrics/</summary>
public sealed class BinaryIoU() : IoUMetric(2)
{
    /// <inheritdoc/>
    protected override string DefaultName => "binary_io_u";

    /// <summary>The classes the mean is over: 0, 1 or both. Default both.</summary>
    public IReadOnlyList<int> TargetClassIds { get; init => field = Checked(value, 2, nameof(BinaryIoU)); } = [0, 1];

    /// <summary>Outputs of at least this are class 1. Default 0.5.</summary>
    public double Threshold { get; init => field = Require.Finite(value, nameof(BinaryIoU), nameof(Threshold)); } = 0.5;

    private protected override IEnumerable<int> Classes => TargetClassIds;

    private protected override torch.Tensor Predicted(torch.Tensor output) => output.ge(Number(Threshold));
}

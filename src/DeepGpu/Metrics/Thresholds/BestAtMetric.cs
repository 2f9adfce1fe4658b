using DeepGpu.Metrics;
using TorchSharp;

namespace DeepGpu;

/// <summary>The best value of one rate among evenly spread thresholds at which another rate is high enough; 0 if there is none.</summary>
public abstract class BestAtMetric : ThresholdMetric
{
    private protected BestAtMetric()
    {
    }

    /// <inheritdoc/>
    protected internal override MonitorMode Direction => MonitorMode.Max;

    /// <summary>How many thresholds from 0 to 1 are tried, at least 1. Default 200.</summary>
    public int NumThresholds { get; init => field = Require.AtLeast(value, 1, GetType().Name, nameof(NumThresholds)); } = 200;

    /// <summary>The class on the last axis that alone is looked at, at least 0. Default null: all.</summary>
    public int? ClassId { get; init => field = value is { } id ? Require.AtLeast(id, 0, GetType().Name, nameof(ClassId)) : null; }

    private protected sealed override ThresholdSums Counts => field ??= new(ThresholdLists.Even(NumThresholds));

    /// <summary>The largest of some rates where others reach a bound.</summary>
    internal static torch.Tensor Largest(torch.Tensor rates, torch.Tensor others, double bound)
        => rates.masked_fill(others.lt(Number(bound)), Number(0)).max();

    private protected sealed override (torch.Tensor Target, torch.Tensor Output, torch.Tensor? Weights) Chosen(torch.Tensor target,
        torch.Tensor output, torch.Tensor? weights)
        => OfClass(ClassId, target, output.clamp(Number(0), Number(1)), weights);
}

/// <summary>The best sensitivity (recall) where the specificity is high enough.
/// Keras: https://keras.io/api/metrics/classification_metrics/</summary>
/// <param name="specificity">The specificity to reach, from 0 to 1.</param>
public sealed class SensitivityAtSpecificity(double specificity) : BestAtMetric
{
    /// <summary>The specificity to reach, from 0 to 1.</summary>
    public double Specificity { get; } = Require.InRange(specificity, 0, 1, nameof(SensitivityAtSpecificity));

    /// <inheritdoc/>
    protected override string DefaultName => "sensitivity_at_specificity";

    internal override torch.Tensor Result(ThresholdCounts counts) => Largest(counts.Recall, counts.Specificity, Specificity);
}

/// <summary>The best specificity where the sensitivity (recall) is high enough.
/// Keras: https://keras.io/api/metrics/classification_metrics/</summary>
/// <param name="sensitivity">The sensitivity to reach, from 0 to 1.</param>
public sealed class SpecificityAtSensitivity(double sensitivity) : BestAtMetric
{
    /// <summary>The sensitivity to reach, from 0 to 1.</summary>
    public double Sensitivity { get; } = Require.InRange(sensitivity, 0, 1, nameof(SpecificityAtSensitivity));

    /// <inheritdoc/>
    protected override string DefaultName => "specificity_at_sensitivity";

    internal override torch.Tensor Result(ThresholdCounts counts) => Largest(counts.Specificity, counts.Recall, Sensitivity);
}

/// <summary>The best precision where the recall is high enough. Keras: https://keras.io/api/metrics/classification_metrics/</summary>
/// <param name="recall">The recall to reach, from 0 to 1.</param>
public sealed class PrecisionAtRecall(double recall) : BestAtMetric
{
    /// <summary>The recall to reach, from 0 to 1.</summary>
    public new double Recall { get; } = Require.InRange(recall, 0, 1, nameof(PrecisionAtRecall));

    /// <inheritdoc/>
    protected override string DefaultName => "precision_at_recall";

    internal override torch.Tensor Result(ThresholdCounts counts) => Largest(counts.Precision, counts.Recall, Recall);
}

/// <summary>The best recall where the precision is high enough. Keras: https://keras.io/api/metrics/classification_metrics/</summary>
/// <param name="precision">The precision to reach, from 0 to 1.</param>
public sealed class RecallAtPrecision(double precision) : BestAtMetric
{
    /// <summary>The precision to reach, from 0 to 1.</summary>
    public new double Precision { get; } = Require.InRange(precision, 0, 1, nameof(RecallAtPrecision));

    /// <inheritdoc/>
    protected override string DefaultName => "recall_at_precision";

    internal override torch.Tensor Result(ThresholdCounts counts) => Largest(counts.Recall, counts.Precision, Precision);
}

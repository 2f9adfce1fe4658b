using DeepGpu.Metrics;
using TorchSharp;

namespace DeepGpu;

/// <summary>How many outputs of one kind there are at given thresholds.</summary>
public abstract class ThresholdCountMetric : ThresholdMetric
{
    private protected ThresholdCountMetric()
    {
    }

    /// <summary>The thresholds, from 0 to 1; one count for each. Default null: 0.5.</summary>
    public IReadOnlyList<double>? Thresholds { get; init => field = ThresholdLists.Checked(value, GetType().Name); }

    private protected sealed override ThresholdSums Counts => field ??= new(Thresholds ?? [0.5]);
}

/// <summary>The weight of the outputs above the threshold whose target is true.
/// Keras: https://keras.io/api/metrics/classification_metrics/</summary>
public sealed class TruePositives : ThresholdCountMetric
{
    /// <inheritdoc/>
    protected override string DefaultName => "true_positives";

    /// <inheritdoc/>
    protected internal override MonitorMode Direction => MonitorMode.Max;

    internal override torch.Tensor Result(ThresholdCounts counts) => counts.TruePositives;
}

/// <summary>The weight of the outputs above the threshold whose target is false.
/// Keras: https://keras.io/api/metrics/classification_metrics/</summary>
public sealed class FalsePositives : ThresholdCountMetric
{
    /// <inheritdoc/>
    protected override string DefaultName => "false_positives";

    /// <inheritdoc/>
    protected internal override MonitorMode Direction => MonitorMode.Min;

    internal override torch.Tensor Result(ThresholdCounts counts) => counts.FalsePositives;
}

/// <summary>The weight of the outputs not above the threshold whose target is false.
/// Keras: https://keras.io/api/metrics/classification_metrics/</summary>
public sealed class TrueNegatives : ThresholdCountMetric
{
    /// <inheritdoc/>
    protected override string DefaultName => "true_negatives";

    /// <inheritdoc/>
    protected internal override MonitorMode Direction => MonitorMode.Max;

    internal override torch.Tensor Result(ThresholdCounts counts) => counts.TrueNegatives;
}

/// <summary>The weight of the outputs not above the threshold whose target is true.
/// Keras: https://keras.io/api/metrics/classification_metrics/</summary>
public sealed class FalseNegatives : ThresholdCountMetric
{
    /// <inheritdoc/>
    protected override string DefaultName => "false_negatives";

    /// <inheritdoc/>
    protected internal override MonitorMode Direction => MonitorMode.Min;

    internal override torch.Tensor Result(ThresholdCounts counts) => counts.FalseNegatives;
}

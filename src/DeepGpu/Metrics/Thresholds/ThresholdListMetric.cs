using DeepGpu.Metrics;
using DeepGpu.Runtime;
using TorchSharp;

namespace DeepGpu;

/// <summary>A metric at given thresholds, of all outputs, the largest ones or one class.</summary>
public abstract class ThresholdListMetric : ThresholdMetric
{
    /// <summary>What outputs that are not among the largest count as: below every threshold.</summary>
    private const double Never = -1e10;

    private protected ThresholdListMetric()
    {
    }

    /// <inheritdoc/>
    protected internal override MonitorMode Direction => MonitorMode.Max;

    /// <summary>The thresholds, from 0 to 1; one value of the metric for each.
    /// Default null: 0.5, or none with <see cref="TopK"/>.</summary>
    public IReadOnlyList<double>? Thresholds { get; init => field = ThresholdLists.Checked(value, GetType().Name); }

    /// <summary>How many of a sample's largest outputs can be positive, at least 1. Default null: all.</summary>
    public int? TopK { get; init => field = value is { } k ? Require.AtLeast(k, 1, GetType().Name, nameof(TopK)) : null; }

    /// <summary>The class on the last axis that alone is looked at, at least 0. Default null: all.</summary>
    public int? ClassId { get; init => field = value is { } id ? Require.AtLeast(id, 0, GetType().Name, nameof(ClassId)) : null; }

    private protected sealed override ThresholdSums Counts => field ??= new(Thresholds ?? (TopK is null ? [0.5] : [Never]));

    private protected sealed override (torch.Tensor Target, torch.Tensor Output, torch.Tensor? Weights) Chosen(torch.Tensor target,
        torch.Tensor output, torch.Tensor? weights)
        => OfClass(ClassId, target, TopK is { } k ? Largest(output, k) : output, weights);

    private torch.Tensor Largest(torch.Tensor output, int k)
    {
        if (k > output.size(-1))
            throw new TrainingDataException(new("top_k", $"{Name} needs at least {k} outputs a sample,",
                $"but the output is {ShapeText.Of(output.shape)}.", "Choose a smaller TopK."));
        var indices = output.topk(k).indexes;
        var isLargest = torch.zeros_like(output).scatter_(-1, indices, torch.ones_like(indices, output.dtype));
        return output.masked_fill(isLargest.eq(Number(0)), Number(Never));
    }
}

/// <summary>The share of positive outputs whose target is true: true positives / (true + false positives).
/// Keras: https://keras.io/api/metrics/classification_metrics/</summary>
public sealed class Precision : ThresholdListMetric
{
    /// <inheritdoc/>
    protected override string DefaultName => "precision";

    internal override torch.Tensor Result(ThresholdCounts counts) => counts.Precision;
}

/// <summary>The share of true targets whose output is positive: true positives / (true positives + false negatives).
/// Keras: https://keras.io/api/metrics/classification_metrics/</summary>
public sealed class Recall : ThresholdListMetric
{
    /// <inheritdoc/>
    protected override string DefaultName => "recall";

    internal override torch.Tensor Result(ThresholdCounts counts) => counts.Recall;
}

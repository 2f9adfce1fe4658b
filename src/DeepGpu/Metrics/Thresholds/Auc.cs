using DeepGpu.Models;
using TorchSharp;

namespace DeepGpu;

/// <summary>The area under a curve of rates over thresholds: how well outputs rank true before false targets, from 0 to 1.
/// Keras: https://keras.io/api/metrics/classification_metrics/</summary>
[KerasClass("AUC")]
public sealed class Auc : ThresholdMetric
{
    /// <inheritdoc/>
    protected override string DefaultName => "auc";

    /// <inheritdoc/>
    protected internal override MonitorMode Direction => MonitorMode.Max;

    /// <summary>How many thresholds from 0 to 1 the curve has, at least 2. Default 200;
    /// of no matter where <see cref="Thresholds"/> are given.</summary>
    public int NumThresholds { get; init => field = Require.AtLeast(value, 2, nameof(Auc), nameof(NumThresholds)); } = 200;

    /// <summary>Which curve. Default the receiver operating characteristic.</summary>
    public AucCurve Curve { get; init; }

    /// <summary>How the area between thresholds is summed. Default by interpolation.</summary>
    public AucSummation SummationMethod { get; init; }

    /// <summary>The curve's inner thresholds, from 0 to 1. Default null: evenly spread.</summary>
    public IReadOnlyList<double>? Thresholds { get; init => field = ThresholdLists.Checked(value, nameof(Auc)); }

    /// <summary>Whether each label on the last axis has a curve of its own, the areas then averaged. Default false.</summary>
    public bool MultiLabel { get; init; }

    /// <summary>The number of labels, checked against the output. Default null: what the output has.</summary>
    public int? NumLabels { get; init => field = value is { } n ? Require.AtLeast(n, 1, nameof(Auc), nameof(NumLabels)) : null; }

    /// <summary>How much each label counts, each at least 0. Default null: all alike.</summary>
    public IReadOnlyList<double>? LabelWeights
    {
        get;
        init => field = value is null || value.Count > 0 && value.All(weight => weight >= 0)
            ? value
            : throw Require.OutOfRange(nameof(Auc), nameof(LabelWeights), "one or more weights of at least 0",
                $"[{string.Join(", ", value)}]");
    }

    /// <summary>Whether the outputs are logits instead of probabilities. Default false.</summary>
    public bool FromLogits { get; init; }

    private protected override ThresholdSums Counts => field ??= new([-Floats.Epsilon, .. Inner, 1 + Floats.Epsilon]);

    private protected override bool CountsLabelsApart => MultiLabel;

    private IEnumerable<double> Inner => Thresholds?.Order() ?? ThresholdLists.Even(NumThresholds)[1..^1].AsEnumerable();

    internal override torch.Tensor Result(ThresholdCounts counts)
    {
        var areas = Curve == AucCurve.PrecisionRecall && SummationMethod == AucSummation.Interpolation
            ? AucAreas.PrecisionRecall(counts)
            : AucAreas.Riemann(Curve, SummationMethod, counts);
        var each = areas.sum(-1);
        if (!MultiLabel || LabelWeights is null) return each.mean();
        var weights = Weights(each);
        return Floats.DivideNoNan((each * weights).sum(), weights.sum());
    }

    private protected override (torch.Tensor Target, torch.Tensor Output, torch.Tensor? Weights) Chosen(torch.Tensor target,
        torch.Tensor output, torch.Tensor? weights)
    {
        var labels = NumLabels ?? LabelWeights?.Count;
        if (labels is not null && labels != output.size(-1))
            throw new TrainingDataException(new("label_count", $"{Name} needs {labels} labels,",
                $"but the output is {ShapeText.Of(output.shape)}.", "Give as many labels as the output has."));
        var given = FromLogits ? output.sigmoid() : output;
        var probabilities = Thresholds is null ? given.clamp(Number(0), Number(1)) : given;
        if (MultiLabel || LabelWeights is null) return (target, probabilities, weights);
        var own = Weights(output.to(torch.ScalarType.Float64));
        return (target, probabilities, weights is null ? own : weights * own);
    }

    private torch.Tensor Weights(torch.Tensor like)
        => torch.stack(LabelWeights!.Select(weight => torch.full([], Number(weight), like.dtype, like.device)));
}

/// <summary>The curves whose area <see cref="Auc"/> measures.</summary>
public enum AucCurve
{
    /// <summary>Receiver operating characteristic: recall over false-positive rate.</summary>
    Roc,

    /// <summary>Precision over recall.</summary>
    PrecisionRecall,

    /// <summary>Precision gain over recall gain. Flach and Kull, 2015.</summary>
    PrecisionRecallGain,
}

/// <summary>How <see cref="Auc"/> sums the area between two thresholds.</summary>
public enum AucSummation
{
    /// <summary>The mean of both ends; for precision over recall, interpolated counts (Davis and Goadrich, 2006).</summary>
    Interpolation,

    /// <summary>The lower end: a lower bound.</summary>
    Minoring,

    /// <summary>The upper end: an upper bound.</summary>
    Majoring,
}

using DeepGpu.Models;
using TorchSharp;

namespace DeepGpu;

/// <summary>(1 + beta^2) * precision * recall / (beta^2 * precision + recall) of each class, targets one-hot or several labels of 0 and 1.
/// Keras: https://keras.io/api/metrics/classification_metrics/</summary>
public class FBetaScore : Metric
{
    /// <inheritdoc/>
    protected override string DefaultName => "fbeta_score";

    /// <inheritdoc/>
    protected internal override MonitorMode Direction => MonitorMode.Max;

    /// <summary>How the scores of the classes become one number. Default none: one number for each class.</summary>
    public MetricAverage Average { get; init; }

    /// <summary>How much more recall counts than precision, above 0. Default 1.</summary>
    public double Beta { get; init => field = Require.Positive(value, GetType().Name, nameof(Beta)); } = 1;

    /// <summary>Outputs above it are positive; above 0, at most 1. Default null: each sample's largest output is.</summary>
    public double? Threshold
    {
        get;
        init => field = value is null or (> 0 and <= 1)
            ? value
            : throw Require.OutOfRange(GetType().Name, nameof(Threshold), "above 0 and at most 1", value);
    }

    internal override TargetForm Form => TargetForm.LikeOutput;

    /// <summary>True positives, false positives and false negatives of each class.</summary>
    /// <param name="device">Where they lie.</param>
    public sealed override IReadOnlyList<torch.Tensor> Start(torch.Device device)
        => [Sums.Open(device), Sums.Open(device), Sums.Open(device)];

    /// <inheritdoc/>
    public sealed override void Add(IReadOnlyList<torch.Tensor> sums, torch.Tensor target, torch.Tensor output, torch.Tensor? weights)
    {
        ArgumentNullException.ThrowIfNull(sums);
        var (truth, outputs) = ElementwiseLoss.Aligned(target, output);
        truth = truth.to(torch.ScalarType.Float64);
        var positive = IsPositive(outputs).to(torch.ScalarType.Float64);
        var aligned = weights is null ? null : SampleWeights.Aligned(weights.to(torch.ScalarType.Float64), truth);
        Sums.Add(sums[0], OfClasses(positive * truth, aligned));
        Sums.Add(sums[1], OfClasses(positive * truth.SubtractedFrom(1), aligned));
        Sums.Add(sums[2], OfClasses(positive.SubtractedFrom(1) * truth, aligned));
    }

    /// <inheritdoc/>
    public sealed override torch.Tensor Result(IReadOnlyList<torch.Tensor> sums)
    {
        ArgumentNullException.ThrowIfNull(sums);
        var counts = Average == MetricAverage.Micro ? sums.Select(sum => sum.sum()).ToArray() : [.. sums];
        var scores = Scores(counts[0], counts[1], counts[2]);
        var support = counts[0].Plus(counts[2]);
        return Average switch
        {
            MetricAverage.None => scores,
            MetricAverage.Weighted => (scores * support / support.sum().Plus(Floats.Epsilon)).sum(),
            _ => scores.mean(),
        };
    }

    /// <inheritdoc/>
    public override void CheckTargets(NDArray targets, Shape output)
    {
        base.CheckTargets(targets, output);
        TargetValues.AreProbabilities(targets, Name);
    }

    private torch.Tensor IsPositive(torch.Tensor output)
    {
        if (Threshold is { } threshold) return output.gt(Number(threshold));
        return output.ge(output.amax([-1], keepdim: true)).logical_and(output.abs().gt(Number(1e-9)));
    }

    private torch.Tensor Scores(torch.Tensor truePositives, torch.Tensor falsePositives, torch.Tensor falseNegatives)
    {
        var precision = truePositives / truePositives.Plus(falsePositives).Plus(Floats.Epsilon);
        var recall = truePositives / truePositives.Plus(falseNegatives).Plus(Floats.Epsilon);
        return Number(1 + Beta * Beta) * (precision * recall / (Number(Beta * Beta) * precision).Plus(recall).Plus(Floats.Epsilon));
    }

    private static torch.Tensor OfClasses(torch.Tensor values, torch.Tensor? weights)
        => (weights is null ? values : values * weights).reshape(-1, values.size(-1)).sum([0L]);
}

/// <summary>The harmonic mean of precision and recall of each class. Keras: https://keras.io/api/metrics/classification_metrics/</summary>
public sealed class F1Score : FBetaScore
{
    /// <inheritdoc/>
    protected override string DefaultName => "f1_score";

    /// <inheritdoc/>
    protected internal override MonitorMode Direction => MonitorMode.Max;
}

/// <summary>How the values of classes become one.</summary>
public enum MetricAverage
{
    /// <summary>They stay apart.</summary>
    None,

    /// <summary>From the counts of all classes together.</summary>
    Micro,

    /// <summary>Their mean.</summary>
    Macro,

    /// <summary>Their mean, weighted by how often each class is the target.</summary>
    Weighted,
}

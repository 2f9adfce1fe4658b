using TorchSharp;

namespace DeepGpu;

/// <summary>1 - squared errors / squared distances of the targets from their mean: 1 is perfect, 0 no better than the mean.
/// Keras: https://keras.io/api/metrics/regression_metrics/</summary>
public sealed class R2Score : Metric
{
    /// <inheritdoc/>
    protected override string DefaultName => "r2_score";

    /// <inheritdoc/>
    protected internal override MonitorMode Direction => MonitorMode.Max;

    /// <summary>How the scores of several outputs become one number. Default their mean.</summary>
    public ClassAggregation ClassAggregation { get; init; } = ClassAggregation.UniformAverage;

    /// <summary>The number of independent regressors, at least 0, for the adjusted score. Default 0: the plain score.</summary>
    public int NumRegressors { get; init => field = Require.AtLeast(value, 0, nameof(R2Score), nameof(NumRegressors)); }

    internal override TargetForm Form => TargetForm.LikeOutput;

    /// <summary>For each output the sums of targets, their squares, squared errors and weights; the number of samples.</summary>
    /// <param name="device">Where they lie.</param>
    public override IReadOnlyList<torch.Tensor> Start(torch.Device device)
        => [Sums.Open(device), Sums.Open(device), Sums.Open(device), Sums.Open(device), Sums.Zero(device)];

    /// <inheritdoc/>
    public override void Add(IReadOnlyList<torch.Tensor> sums, torch.Tensor target, torch.Tensor output, torch.Tensor? weights)
    {
        ArgumentNullException.ThrowIfNull(sums);
        ArgumentNullException.ThrowIfNull(output);
        var (targets, outputs) = ElementwiseLoss.Aligned(target, output.to(torch.ScalarType.Float64));
        var counted = weights is null
            ? torch.ones_like(targets)
            : SampleWeights.Aligned(weights.to(torch.ScalarType.Float64), targets).expand_as(targets);
        Sums.Add(sums[0], OfOutputs(targets * counted));
        Sums.Add(sums[1], OfOutputs(targets.Squared() * counted));
        Sums.Add(sums[2], OfOutputs((targets - outputs).Squared() * counted));
        Sums.Add(sums[3], OfOutputs(counted));
        sums[4].add_(Number(targets.shape[0]), Number(1));
    }

    /// <inheritdoc/>
    public override torch.Tensor Result(IReadOnlyList<torch.Tensor> sums)
    {
        ArgumentNullException.ThrowIfNull(sums);
        var spread = sums[1] - sums[0].Squared() / sums[3];
        var raw = (sums[2] / spread).SubtractedFrom(1);
        var scores = raw.masked_fill(raw.isinf(), Number(0));
        var score = ClassAggregation switch
        {
            ClassAggregation.None => scores,
            ClassAggregation.UniformAverage => scores.mean(),
            _ => (spread * scores).sum() / spread.sum(),
        };
        return NumRegressors == 0 ? score : Adjusted(score, sums[4]);
    }

    /// <summary>The plain score where there are too few samples.</summary>
    private torch.Tensor Adjusted(torch.Tensor score, torch.Tensor samples)
    {
        var free = samples - Number(NumRegressors) - Number(1);
        return torch.where(free.gt(Number(0)), (score.SubtractedFrom(1) * (samples - Number(1)) / free).SubtractedFrom(1), score);
    }

    private static torch.Tensor OfOutputs(torch.Tensor values)
        => values.dim() == 1 ? values.sum([0L], keepdim: true) : values.reshape(-1, values.size(-1)).sum([0L]);
}

/// <summary>How the scores of several outputs become one number.</summary>
public enum ClassAggregation
{
    /// <summary>They stay apart.</summary>
    None,

    /// <summary>Their mean.</summary>
    UniformAverage,

    /// <summary>Their mean, weighted by the spread of each output's targets.</summary>
    VarianceWeightedAverage,
}

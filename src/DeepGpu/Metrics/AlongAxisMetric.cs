using DeepGpu.Losses;
using DeepGpu.Models.Registry;
using DeepGpu.Operations;
using TorchSharp;

namespace DeepGpu;

/// <summary>A metric of how alike target and output are along an axis: it gets better by rising.
/// Keras: https://keras.io/api/metrics/regression_metrics/</summary>
public abstract class AlongAxisMetric : MeanMetric
{
    private protected AlongAxisMetric()
    {
    }

    /// <inheritdoc/>
    protected internal override MonitorMode Direction => MonitorMode.Max;

    /// <summary>The axis of the numbers that are compared. Default -1, the last.</summary>
    public int Axis { get; init; } = -1;

    internal override TargetForm Form => TargetForm.LikeOutput;
}

/// <summary>Pearson's correlation of target and output along an axis, from -1 to 1.
/// Keras: https://keras.io/api/metrics/regression_metrics/</summary>
public sealed class PearsonCorrelation : AlongAxisMetric
{
    /// <inheritdoc/>
    protected override string DefaultName => "pearson_correlation";

    /// <inheritdoc/>
    protected override torch.Tensor PerSample(torch.Tensor target, torch.Tensor output)
    {
        var (targets, outputs) = ElementwiseLoss.Aligned(target, output);
        return (Standard(targets) * Standard(outputs)).mean([Axis]);
    }

    private torch.Tensor Standard(torch.Tensor numbers)
    {
        var centred = numbers - numbers.mean([Axis], keepdim: true);
        return centred / centred.std(Axis, unbiased: false, keepdim: true).Plus(Floats.Epsilon);
    }
}

/// <summary>Lin's concordance correlation of target and output along an axis, from -1 to 1: how near the pairs lie to equality.
/// Keras: https://keras.io/api/metrics/regression_metrics/</summary>
public sealed class ConcordanceCorrelation : AlongAxisMetric
{
    /// <inheritdoc/>
    protected override string DefaultName => "concordance_correlation";

    /// <inheritdoc/>
    protected override torch.Tensor PerSample(torch.Tensor target, torch.Tensor output)
    {
        var (targets, outputs) = ElementwiseLoss.Aligned(target, output);
        var (targetMean, outputMean) = (targets.mean([Axis], keepdim: true), outputs.mean([Axis], keepdim: true));
        var spread = Variance(targets).Plus(Variance(outputs)).Plus((targetMean - outputMean).Squared());
        return (Number(2) * (targets - targetMean) * (outputs - outputMean) / spread.Plus(Floats.Epsilon)).mean([Axis]);
    }

    private torch.Tensor Variance(torch.Tensor numbers) => numbers.var(Axis, unbiased: false, keepdim: true);
}

/// <summary>The cosine of the angle between target and output along an axis: 1 is the same direction.
/// Keras: https://keras.io/api/metrics/regression_metrics/</summary>
/// <remarks>The loss <see cref="CosineSimilarity"/> has the opposite sign.</remarks>
[KerasClass("CosineSimilarity", Method = "CosineSimilarity")]
public sealed class CosineSimilarityMetric : AlongAxisMetric
{
    /// <inheritdoc/>
    protected override string DefaultName => "cosine_similarity";

    /// <inheritdoc/>
    protected override torch.Tensor PerSample(torch.Tensor target, torch.Tensor output)
        => DeepGpu.CosineSimilarity.Between(target, output, Axis);
}

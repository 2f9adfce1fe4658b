using DeepGpu.Models;
using TorchSharp;

namespace DeepGpu;

/// <summary>A metric of counts of true and false positives and negatives at thresholds, the targets 0 and 1.</summary>
public abstract class ThresholdMetric : Metric
{
    private protected ThresholdMetric()
    {
    }

    internal sealed override TargetForm Form => TargetForm.LikeOutput;

    /// <summary>The thresholds that outputs are compared with.</summary>
    private protected abstract ThresholdSums Counts { get; }

    /// <summary>Whether the labels on the last axis are counted apart.</summary>
    private protected virtual bool CountsLabelsApart => false;

    /// <inheritdoc/>
    public sealed override IReadOnlyList<torch.Tensor> Start(torch.Device device) => Counts.Start(device);

    /// <inheritdoc/>
    public sealed override void Add(IReadOnlyList<torch.Tensor> sums, torch.Tensor target, torch.Tensor output, torch.Tensor? weights)
    {
        ArgumentNullException.ThrowIfNull(sums);
        var (truth, outputs) = ElementwiseLoss.Aligned(target, output);
        var aligned = weights is null ? null : SampleWeights.Aligned(weights.to(torch.ScalarType.Float64), outputs);
        (truth, outputs, aligned) = Chosen(truth, outputs, aligned);
        Counts.Add(sums, truth, outputs, aligned, CountsLabelsApart);
    }

    /// <inheritdoc/>
    public sealed override torch.Tensor Result(IReadOnlyList<torch.Tensor> sums)
    {
        ArgumentNullException.ThrowIfNull(sums);
        return Result(Counts.Read(sums, CountsLabelsApart));
    }

    /// <inheritdoc/>
    public override void CheckTargets(NDArray targets, Shape output)
    {
        base.CheckTargets(targets, output);
        TargetValues.AreProbabilities(targets, Name);
    }

    /// <summary>The value from the counts.</summary>
    internal abstract torch.Tensor Result(ThresholdCounts counts);

    /// <summary>What of a batch is counted.</summary>
    private protected virtual (torch.Tensor Target, torch.Tensor Output, torch.Tensor? Weights) Chosen(torch.Tensor target,
        torch.Tensor output, torch.Tensor? weights)
        => (target, output, weights);

    /// <summary>One class of the last axis.</summary>
    private protected (torch.Tensor Target, torch.Tensor Output, torch.Tensor? Weights) OfClass(int? classId, torch.Tensor target,
        torch.Tensor output, torch.Tensor? weights)
    {
        if (classId is not { } chosen) return (target, output, weights);
        if (output.dim() < 2 || chosen >= output.size(-1))
            throw new TrainingDataException(new("class_id", $"{Name} needs an output with a class {chosen},",
                $"but the output is {ShapeText.Of(output.shape)}.", "Choose a class of the model's last axis."));
        var own = weights is null || weights.size(-1) == 1 ? weights : weights.narrow(-1, chosen, 1);
        return (target.narrow(-1, chosen, 1), output.narrow(-1, chosen, 1), own);
    }
}

using DeepGpu.Losses;
using DeepGpu.Metrics;
using DeepGpu.Models;
using TorchSharp;

namespace DeepGpu.Training;

/// <summary>How often each class was taken for each, as one row after the other.</summary>
internal sealed class ClassPairsMetric(int units, int classes) : Metric
{
    /// <summary>For outputs with so many numbers a sample: one is compared with 0.5 and tells two classes apart.</summary>
    public static ClassPairsMetric For(int units) => new(units, Math.Max(units, 2));

    public int Classes => classes;

    protected override string DefaultName => "confusion_matrix";

    internal override TargetForm Form => TargetForm.OneHotOrClassIndex;

    public override IReadOnlyList<torch.Tensor> Start(torch.Device device) => [ClassPairs.Start(classes, device)];

    public override void Add(IReadOnlyList<torch.Tensor> sums, torch.Tensor target, torch.Tensor output, torch.Tensor? weights)
    {
        var predicted = units == 1 ? output.gt(Number(0.5)).squeeze(-1) : output.argmax(-1);
        ClassPairs.Add(sums[0],
            (IsOneHot(target.shape, output.shape) ? target.argmax(-1) : target).reshape(predicted.shape), predicted, weights);
    }

    public override torch.Tensor Result(IReadOnlyList<torch.Tensor> sums) => sums[0].reshape(-1);

    public override void CheckTargets(NDArray targets, Shape output)
    {
        base.CheckTargets(targets, output);
        if (targets.Rank == output.Rank && units > 1 && targets.Shape[^1] == units) TargetValues.AreProbabilities(targets, Name);
        else TargetValues.AreClassIndices(targets, classes, Name);
    }

    private bool IsOneHot(long[] target, long[] output) => units > 1 && target.Length == output.Length && target[^1] == units;
}

using TorchSharp;

namespace DeepGpu;

/// <summary>Counts of true and false positives and negatives at thresholds, one pass over a batch whatever their number.</summary>
/// <remarks>The sums are two histograms, of the outputs with a true and with a false target,
/// by how many thresholds lie below the output: (labels, thresholds + 1).
/// The sorted thresholds lie beside them: a batch that brought them would wait for the device.</remarks>
/// <param name="thresholds">The thresholds; an output above one is positive.</param>
internal sealed class ThresholdSums(IReadOnlyList<double> thresholds)
{
    private readonly bool _clips = AreEven(thresholds);
    private readonly int[] _order = [.. Enumerable.Range(0, thresholds.Count).OrderBy(i => thresholds[i])];

    /// <summary>Histograms of one label.</summary>
    public IReadOnlyList<torch.Tensor> Start(torch.Device device) => [Empty(1, device), Empty(1, device), Sorted(device)];

    /// <summary>Adds outputs. All arguments have one shape; with several labels they lie on the last axis.</summary>
    public void Add(IReadOnlyList<torch.Tensor> sums, torch.Tensor target, torch.Tensor output, torch.Tensor? weights, bool isMultiLabel)
    {
        var labels = isMultiLabel ? output.size(-1) : 1;
        if (sums[0].size(0) != labels) foreach (var sum in sums.Take(2)) sum.set_(Empty(labels, sum.device));
        var outputs = _clips ? output.clamp(Number(0), Number(1)) : output;
        var bins = outputs.to(torch.ScalarType.Float32).contiguous().bucketize(sums[2]);
        if (isMultiLabel) bins = bins.Plus(Arithmetic.Range(labels, torch.ScalarType.Int64, output.device) * Number(thresholds.Count + 1));
        var isTrue = target.ne(Number(0)).to(torch.ScalarType.Float64);
        var counted = weights is null ? torch.ones_like(isTrue) : weights.to(torch.ScalarType.Float64).expand_as(isTrue);
        var flat = bins.reshape(-1);
        sums[0].view(-1).index_add_(0, flat, (isTrue * counted).reshape(-1), Number(1));
        sums[1].view(-1).index_add_(0, flat, (isTrue.SubtractedFrom(1) * counted).reshape(-1), Number(1));
    }

    /// <summary>The counts so far, each (thresholds) or (labels, thresholds), in the order the thresholds were given.</summary>
    public ThresholdCounts Read(IReadOnlyList<torch.Tensor> sums, bool isMultiLabel)
    {
        var (positives, negatives) = (Above(sums[0]), Above(sums[1]));
        ThresholdCounts counts = new(positives, negatives, sums[1].sum(-1, keepdim: true) - negatives,
            sums[0].sum(-1, keepdim: true) - positives);
        return isMultiLabel ? counts : counts.Map(count => count.squeeze(0));
    }

    /// <summary>Whether they are spread evenly from 0 to 1: Keras then takes outputs beyond 0 and 1 for 0 and 1.</summary>
    private static bool AreEven(IReadOnlyList<double> thresholds)
    {
        bool IsEven(double value, double even) => Math.Abs(value - even) <= Floats.Epsilon + 1e-5 * even;
        return thresholds.Count >= 3 && thresholds.Index().All(t => IsEven(t.Item, (double)t.Index / (thresholds.Count - 1)));
    }

    private torch.Tensor Empty(long labels, torch.Device device)
        => torch.zeros([labels, thresholds.Count + 1], torch.ScalarType.Float64, device);

    /// <summary>How much lies above each threshold: the sum of the bins behind it.</summary>
    private torch.Tensor Above(torch.Tensor histogram)
    {
        var above = histogram.flip(-1).cumsum(-1).flip(-1).narrow(-1, 1, thresholds.Count);
        var places = new long[_order.Length];
        for (var i = 0; i < places.Length; i++) places[_order[i]] = i;
        return above.index_select(-1, torch.tensor(places, device: histogram.device));
    }

    /// <summary>In single precision, as Keras compares.</summary>
    private torch.Tensor Sorted(torch.Device device) => torch.tensor(_order.Select(i => (float)thresholds[i]).ToArray(), device: device);
}

/// <summary>Counts at each threshold, (thresholds) or (labels, thresholds).</summary>
/// <param name="TruePositives">Outputs above it with a true target.</param>
/// <param name="FalsePositives">Outputs above it with a false target.</param>
/// <param name="TrueNegatives">Other outputs with a false target.</param>
/// <param name="FalseNegatives">Other outputs with a true target.</param>
internal readonly record struct ThresholdCounts(torch.Tensor TruePositives, torch.Tensor FalsePositives,
    torch.Tensor TrueNegatives, torch.Tensor FalseNegatives)
{
    /// <summary>The share of positives that are true; 0 where there are none.</summary>
    public torch.Tensor Precision => Floats.DivideNoNan(TruePositives, TruePositives.Plus(FalsePositives));

    /// <summary>The share of true targets that are found, also called sensitivity; 0 where there are none.</summary>
    public torch.Tensor Recall => Floats.DivideNoNan(TruePositives, TruePositives.Plus(FalseNegatives));

    /// <summary>The share of false targets that are left alone; 0 where there are none.</summary>
    public torch.Tensor Specificity => Floats.DivideNoNan(TrueNegatives, TrueNegatives.Plus(FalsePositives));

    /// <summary>The counts with a function applied to each.</summary>
    public ThresholdCounts Map(Func<torch.Tensor, torch.Tensor> change)
        => new(change(TruePositives), change(FalsePositives), change(TrueNegatives), change(FalseNegatives));
}

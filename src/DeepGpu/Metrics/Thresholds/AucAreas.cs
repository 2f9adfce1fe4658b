using TorchSharp;

namespace DeepGpu;

/// <summary>The area under a curve between neighbouring thresholds, (thresholds - 1) or (labels, thresholds - 1).</summary>
internal static class AucAreas
{
    public static torch.Tensor Riemann(AucCurve curve, AucSummation summation, ThresholdCounts counts)
    {
        var (x, y) = curve switch
        {
            AucCurve.Roc => (FalsePositiveRate(counts), counts.Recall),
            AucCurve.PrecisionRecall => (counts.Recall, counts.Precision),
            _ => Gains(counts),
        };
        var heights = summation switch
        {
            AucSummation.Interpolation => Lower(y).Plus(Upper(y)) / Number(2),
            AucSummation.Minoring => Lower(y).minimum(Upper(y)),
            _ => Lower(y).maximum(Upper(y)),
        };
        return (Lower(x) - Upper(x)) * heights;
    }

    /// <summary>Counts vary linearly between two thresholds, precision does not. Davis and Goadrich, 2006, section 4;
    /// the closed form is Keras's.</summary>
    public static torch.Tensor PrecisionRecall(ThresholdCounts counts)
    {
        var (truePositives, positives) = (counts.TruePositives, counts.TruePositives.Plus(counts.FalsePositives));
        var gained = Lower(truePositives) - Upper(truePositives);
        var slope = Floats.DivideNoNan(gained, (Lower(positives) - Upper(positives)).clamp(min: Number(0)));
        var intercept = Upper(truePositives) - slope * Upper(positives);
        var hasBoth = Lower(positives).gt(Number(0)).logical_and(Upper(positives).gt(Number(0)));
        var ratio = Floats.DivideNoNan(Lower(positives), Upper(positives)).masked_fill(hasBoth.logical_not(), Number(1));
        return Floats.DivideNoNan(slope * gained.Plus(intercept * ratio.log()), Upper(truePositives.Plus(counts.FalseNegatives)));
    }

    /// <summary>Recall gain and precision gain, with Keras's values where they are not defined.</summary>
    private static (torch.Tensor Recall, torch.Tensor Precision) Gains(ThresholdCounts counts)
    {
        var scale = Floats.DivideNoNan(counts.TruePositives.Plus(counts.FalseNegatives), counts.TrueNegatives.Plus(counts.FalsePositives));
        var hasNone = counts.TruePositives.eq(Number(0));
        var recall = (scale * Floats.DivideNoNan(counts.FalseNegatives, counts.TruePositives)).SubtractedFrom(1)
            .masked_fill(hasNone, Number(0)).clamp(min: Number(0));
        var precision = (scale * Floats.DivideNoNan(counts.FalsePositives, counts.TruePositives)).SubtractedFrom(1)
            .masked_fill(hasNone, Number(1));
        return (recall, precision);
    }

    private static torch.Tensor FalsePositiveRate(ThresholdCounts counts)
        => Floats.DivideNoNan(counts.FalsePositives, counts.FalsePositives.Plus(counts.TrueNegatives));

    private static torch.Tensor Lower(torch.Tensor values) => values.narrow(-1, 0, values.size(-1) - 1);

    private static torch.Tensor Upper(torch.Tensor values) => values.narrow(-1, 1, values.size(-1) - 1);
}

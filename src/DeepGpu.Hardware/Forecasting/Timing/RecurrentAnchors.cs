namespace DeepGpu.Hardware.Forecasting;

/// <summary>What measured layers of like shape say beyond the formula: a Gaussian process over the logarithms of their residuals.</summary>
/// <remarks>Rasmussen and Williams, 2006, chapter 2. The kernel is written by hand;
/// the weights of the anchors are made by the calibration program.</remarks>
internal sealed class RecurrentAnchors(IReadOnlyList<RecurrentAnchor> anchors)
{
    /// <summary>Variance of a residual that a measurement does not repeat.</summary>
    public const double Noise = 0.02;

    private const double Everywhere = 0.02;
    private const double SameGeneration = 0.08;
    private const double ShapeWidth = 0.35;
    private const double StepsWidth = 1.5;
    private const double OtherGates = 0.5;
    private const double OtherTask = 0.8;
    private const double OtherPrecision = 0.3;

    public static RecurrentAnchors None { get; } = new([]);

    /// <summary>The expected logarithm of forecast over measured, to be taken off.</summary>
    public double Excess(RecurrentAnchor at)
    {
        double sum = 0;
        foreach (var anchor in anchors) sum += anchor.Weight * Covariance(anchor, at);
        return sum;
    }

    /// <summary>How alike the residuals of two layers are.</summary>
    public static double Covariance(RecurrentAnchor a, RecurrentAnchor b)
    {
        var distance = Square(a.LogUnits - b.LogUnits, ShapeWidth) + Square(a.LogRows - b.LogRows, ShapeWidth)
            + Square(a.LogSteps - b.LogSteps, StepsWidth);
        if (distance > 50) return 0;
        var alike = (a.Gates == b.Gates ? 1 : OtherGates) * (a.IsTraining == b.IsTraining ? 1 : OtherTask)
            * (a.IsHalf == b.IsHalf ? 1 : OtherPrecision);
        return Math.Exp(-distance / 2) * alike * (Everywhere + (a.Generation == b.Generation && a.Generation >= 0 ? SameGeneration : 0));
    }

    private static double Square(double difference, double width) => difference / width * (difference / width);
}

/// <summary>A measured layer, by what its residual depends on.</summary>
internal sealed record RecurrentAnchor(int Gates, long Units, long Rows, int Steps, bool IsTraining, bool IsHalf,
    int Generation, double Weight = 0)
{
    public double LogUnits { get; } = Math.Log(Units);

    public double LogRows { get; } = Math.Log(Rows);

    public double LogSteps { get; } = Math.Log(Steps);
}

namespace DeepGpu;

/// <summary>A step of a sweep over learning rates.</summary>
/// <param name="LearningRate">The step's rate.</param>
/// <param name="Loss">The loss of its batch, before the step.</param>
/// <param name="SmoothedLoss">The running mean of the losses.</param>
public readonly record struct LearningRatePoint(double LearningRate, double Loss, double SmoothedLoss);

/// <summary>Losses by learning rate, to be plotted over a logarithmic axis of rates.</summary>
/// <param name="Points">The steps, by rising rate.</param>
/// <param name="Diverged">Whether the sweep ended early because the loss grew too large or was not finite.</param>
public sealed record LearningRateCurve(IReadOnlyList<LearningRatePoint> Points, bool Diverged)
{
    /// <summary>The share of the points at the start that is too noisy to tell a slope.</summary>
    private const double NoisyShare = 0.1;

    /// <summary>A rate to begin with: where the smoothed loss falls steepest over the logarithm of the rate, before its lowest point;
    /// null if it never falls.</summary>
    public double? Suggestion { get; } = Steepest(Points);

    private static double? Steepest(IReadOnlyList<LearningRatePoint> points)
    {
        if (points.Count < 3) return null;
        var lowest = Enumerable.Range(0, points.Count).MinBy(i => points[i].SmoothedLoss);
        var falling = Enumerable.Range(0, lowest).Where(i => i >= Math.Max(1, points.Count * NoisyShare) && Slope(points, i) < 0).ToList();
        return falling.Count == 0 ? null : points[falling.MinBy(i => Slope(points, i))].LearningRate;
    }

    private static double Slope(IReadOnlyList<LearningRatePoint> points, int i)
        => (points[i + 1].SmoothedLoss - points[i - 1].SmoothedLoss) / Math.Log(points[i + 1].LearningRate / points[i - 1].LearningRate);
}

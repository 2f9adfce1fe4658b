namespace DeepGpu.Testing.Numerics;

/// <summary>Checks the plain loops' gradients against the slope of their outputs along a random direction of all inputs and
/// weights.</summary>
internal static class FiniteDifference
{
    private const double Step = 1e-6;

    /// <summary>By how much the slope differs, relative to max(1, |slope|).</summary>
    public static double Of(NumericCase c)
    {
        var (loops, numbers, random) = (new PlainLoops(), PlainLoops.NumbersOf(c), new Random(c.Seed));
        var result = loops.Run(c, numbers, isTraining: true);
        double[] gradients = [.. result.InputGradients.SelectMany(gradient => gradient!),
            .. result.WeightGradients.Zip(numbers.Weights).SelectMany(pair => pair.First ?? new double[pair.Second.Values.Length])];
        double[] direction = [.. gradients.Select(gradient => gradient == 0 ? 0 : 2 * random.NextDouble() - 1)];
        double Sum(double step) => loops.Run(c, numbers.With((place, number) => number + step * direction[place]), isTraining: true).Outputs
            .Zip(numbers.Outputs).SelectMany(pair => pair.First.Zip(pair.Second, (output, factor) => output * factor)).Sum();
        var (slope, expected) = ((Sum(Step) - Sum(-Step)) / (2 * Step), gradients.Zip(direction, (gradient, d) => gradient * d).Sum());
        return Math.Abs(slope - expected) / Math.Max(1, Math.Abs(slope));
    }
}

using DeepGpu.Models;

namespace DeepGpu.Testing.Numerics;

/// <summary>The numbers of a case, exact in single precision: what goes in, the weights, and how outputs are weighed for
/// gradients.</summary>
internal sealed class CaseNumbers
{
    public CaseNumbers(NumericCase c, int attempt)
    {
        var random = new Random(HashOf(c.Seed, attempt));
        Inputs = [.. c.Inputs.Select(shape => Draw(shape, () => c.Below is { } below ? random.Next(below) : Between(random, -1, 1)))];
        Masks = [.. c.Inputs.Select((shape, i) => c.IsMasked(i) ? Mask(shape, c.FirstStepCounts, random) : null)];
        Weights = [.. c.Layer.Weights(Concrete(c.Inputs)).Select(weight => (weight, Draw([.. weight.Shape], Start(weight, random))))];
        Outputs = [.. c.Layer.OutputShapes(Concrete(c.Inputs))
            .Select(shape => Draw([.. shape.Axes.Select(length => length!.Value)], () => Between(random, -1, 1)))];
    }

    private CaseNumbers(CaseNumbers other) => (Inputs, Masks, Weights, Outputs) = (other.Inputs, other.Masks, other.Weights, other.Outputs);

    /// <summary>What goes in.</summary>
    public IReadOnlyList<double[]> Inputs { get; private init; }

    /// <summary>Which steps count; null for all.</summary>
    public IReadOnlyList<bool[,]?> Masks { get; }

    /// <summary>The weights in the layer's order.</summary>
    public IReadOnlyList<(WeightSpec Spec, double[] Values)> Weights { get; private init; }

    /// <summary>The factors of the outputs in the sum that gradients are of.</summary>
    public IReadOnlyList<double[]> Outputs { get; }

    /// <summary>The same numbers, some changed.</summary>
    /// <param name="change">The new number of an input or weight, given its place among all of them.</param>
    public CaseNumbers With(Func<int, double, double> change)
    {
        var place = 0;
        double[] Changed(double[] numbers) => Array.ConvertAll(numbers, number => change(place++, number));
        return new(this)
        {
            Inputs = [.. Inputs.Select(Changed)],
            Weights = [.. Weights.Select(weight => (weight.Spec, Changed(weight.Values)))]
        };
    }

    private static Shape[] Concrete(int[][] inputs) => [.. inputs.Select(shape => new Shape(shape.Select(length => (int?)length)))];

    private static int HashOf(int seed, int attempt) => unchecked(seed * 31 + attempt * 7919 + 17);

    private static double[] Draw(int[] shape, Func<double> next)
        => [.. Enumerable.Range(0, shape.Aggregate(1, (a, b) => a * b)).Select(_ => next())];

    private static double Between(Random random, double low, double high) => (float)(low + (high - low) * random.NextDouble());

    /// <summary>Kernels so large that sums keep the size of what is summed; factors and variances away from 0.</summary>
    private static Func<double> Start(WeightSpec weight, Random random)
    {
        var name = weight.Name.Split('/')[^1];
        if (name is "renorm_stddev") return () => random.Next(3) == 0 ? Between(random, 0.001, 0.02) : Between(random, 0.5, 1.5);
        if (name is "gamma" or "scale" || name.Contains("variance", StringComparison.Ordinal)
            || name.Contains("stddev", StringComparison.Ordinal)) return () => Between(random, 0.5, 1.5);
        var most = name.Contains("kernel", StringComparison.Ordinal)
            ? Math.Sqrt(3.0 / Math.Max(1, weight.Count / Math.Max(1, weight.Shape[^1]))) : 0.5;
        return () => Between(random, -most, most);
    }

    /// <summary>About a third of the steps is padding, at the ends or anywhere.</summary>
    private static bool[,] Mask(int[] shape, bool firstCounts, Random random)
    {
        var (fromEnd, least) = (random.Next(2) == 0, random.Next(shape[1]));
        return Numerics.Masks.Where(shape, (_, t) => firstCounts && t == 0 || (fromEnd ? t <= least : random.Next(3) > 0));
    }
}

using DeepGpu.Models.Values;

namespace DeepGpu.Models.Layers;

/// <summary>A few values of many with what each stands for: quantiles can be read off, and summaries of parts be merged.
/// The steps and roundings are Keras's.</summary>
internal sealed record QuantileSummary(float[] Values, float[] Weights)
{
    public static QuantileSummary Empty { get; } = new([], []);

    public bool IsEmpty => Values.Length == 0;

    /// <summary>Every n-th of the sorted values.</summary>
    public static QuantileSummary Of(NDArray array, double epsilon)
    {
        float[] sorted = [.. ElementNumbers.Of(array).Select(value => (float)value).Order()];
        var start = sorted.Length / (1.0 / epsilon);
        var step = Math.Max(start, 1);
        float[] taken = [.. Enumerable.Range(0, sorted.Length)
            .Where(i => i >= (int)start && (i - (int)start) % (int)step == 0).Select(i => sorted[i])];
        return new(taken, [.. taken.Select(_ => (float)step)]);
    }

    public QuantileSummary MergedWith(QuantileSummary other, double epsilon)
    {
        var pairs = Values.Concat(other.Values).Zip(Weights.Concat(other.Weights)).OrderBy(pair => pair.First).ToList();
        return new QuantileSummary([.. pairs.Select(p => p.First)], [.. pairs.Select(p => p.Second)]).Compressed(epsilon);
    }

    /// <summary>The boundaries between ranges of equal weight.</summary>
    public IEnumerable<double> Boundaries(int bins)
    {
        var values = Compressed(1.0 / bins).Values;
        return values.Take(values.Length - 1).Select(value => (double)value);
    }

    private QuantileSummary Compressed(double epsilon)
    {
        if (Values.Length * epsilon < 1) return this;
        var sums = new double[Weights.Length];
        var sum = 0f;
        for (var i = 0; i < sums.Length; i++) sums[i] = sum += Weights[i];
        double[] shares = [.. sums.Select(s => (double)((float)s / sum))];
        double[] wanted = [.. Enumerable.Range(0, (int)Math.Ceiling(1.0 / epsilon)).Select(i => epsilon + i * epsilon)];
        double[] values = [.. wanted.Select(share => Interpolated(share, shares, i => Values[i]))];
        double[] reached = [.. wanted.Select(share => Interpolated(share, shares, i => sums[i]))];
        return new([.. values.Select(value => (float)value)], [.. reached.Select((r, i) => (float)(r - (i == 0 ? 0 : reached[i - 1])))]);
    }

    private static double Interpolated(double x, double[] xs, Func<int, double> y)
    {
        var after = Array.FindIndex(xs, known => known >= x);
        if (after == 0) return y(0);
        if (after < 0) return y(xs.Length - 1);
        return y(after - 1) + (y(after) - y(after - 1)) * (x - xs[after - 1]) / (xs[after] - xs[after - 1]);
    }
}

namespace DeepGpu.Forecasts;

/// <summary>Small statistics.</summary>
internal static class Statistics
{
    public static double Median(IEnumerable<double> values) => Quantile([.. values], 0.5);

    /// <summary>The quantile by linear interpolation; NaN of no values.</summary>
    public static double Quantile(IReadOnlyList<double> values, double share)
    {
        if (values.Count == 0) return double.NaN;
        var sorted = values.Order().ToList();
        var place = share * (sorted.Count - 1);
        var low = (int)place;
        return low + 1 < sorted.Count ? sorted[low] + (place - low) * (sorted[low + 1] - sorted[low]) : sorted[low];
    }

    /// <summary>The mean of |e^x - 1| in percent, where x is the logarithm of forecast over measured.</summary>
    public static double MeanError(IEnumerable<double> residuals) => 100 * residuals.Average(x => Math.Abs(Math.Exp(x) - 1));

    public static double MedianError(IEnumerable<double> residuals) => 100 * Median(residuals.Select(x => Math.Abs(Math.Exp(x) - 1)));

    /// <summary>Spearman's rank correlation.</summary>
    public static double Spearman(IReadOnlyList<double> left, IReadOnlyList<double> right)
    {
        var (a, b) = (Ranks(left), Ranks(right));
        var (meanA, meanB) = (a.Average(), b.Average());
        double ab = 0, aa = 0, bb = 0;
        for (var i = 0; i < a.Length; i++)
        {
            ab += (a[i] - meanA) * (b[i] - meanB);
            aa += (a[i] - meanA) * (a[i] - meanA);
            bb += (b[i] - meanB) * (b[i] - meanB);
        }

        return aa == 0 || bb == 0 ? 0 : ab / Math.Sqrt(aa * bb);
    }

    private static double[] Ranks(IReadOnlyList<double> values)
        => [.. values.Select(value => values.Count(other => other < value) + (values.Count(other => other == value) - 1) / 2.0)];
}

namespace DeepGpu;

/// <summary>Lists of thresholds.</summary>
internal static class ThresholdLists
{
    /// <summary>Evenly spread from 0 to 1; one alone is 0.5.</summary>
    public static double[] Even(int count) => count == 1 ? [0.5] : [.. Enumerable.Range(0, count).Select(i => (double)i / (count - 1))];

    /// <summary>The list, if it is not empty and every threshold is in [0, 1].</summary>
    public static IReadOnlyList<double>? Checked(IReadOnlyList<double>? thresholds, string owner)
        => thresholds is null || thresholds.Count > 0 && thresholds.All(threshold => threshold is >= 0 and <= 1)
            ? thresholds
            : throw Require.OutOfRange(owner, nameof(thresholds), "one or more numbers from 0 to 1", $"[{string.Join(", ", thresholds)}]");
}

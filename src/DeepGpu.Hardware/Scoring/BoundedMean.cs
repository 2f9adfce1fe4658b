namespace DeepGpu.Hardware.Scoring;

/// <summary>The weighted geometric mean of a card's scores, in which no criterion counts more than some points beside what cards like it
/// have: a figure that stands alone, or is wrong, must not decide alone.</summary>
/// <remarks>A criterion's part, weight times the logarithm of its score over that of like cards, is held between the ends that move the
/// mean by <see cref="MostPoints"/> (https://en.wikipedia.org/wiki/Winsorizing). The ends depend on the mean and the mean on the
/// ends, so that the mean is looked for by halving.</remarks>
internal static class BoundedMean
{
    /// <summary>The most points of 100 that a criterion counts beside what like cards have. Of one figure at most three criteria are made
    /// (speed, speed for each watt, speed for each dollar), so that no figure moves a score by more than three.</summary>
    public const double MostPoints = 1;

    private const int Halvings = 24;

    /// <summary>The logarithm that each criterion counts with for a card.</summary>
    /// <param name="columns">The criteria.</param>
    /// <param name="weights">Their weights, all together being 1.</param>
    /// <param name="isBounded">Which of them are bounded.</param>
    /// <param name="row">The card.</param>
    public static double[] Of(ScoreColumn[] columns, double[] weights, bool[] isBounded, int row)
    {
        var (logs, parts) = (new double[columns.Length], new double[columns.Length]);
        for (var i = 0; i < logs.Length; i++)
            (logs[i], parts[i]) = (columns[i].Log(row), isBounded[i] ? weights[i] * columns[i].Excess(row) : 0);
        var (whole, all) = (Sum(logs, weights), parts.Sum());
        var mean = Math.Exp(whole);
        if (Math.Abs(Within(parts, mean) - all) > 1e-12) mean = Halved(parts, whole - all);
        var (low, high) = Ends(mean);
        for (var i = 0; i < logs.Length; i++)
        {
            if (parts[i] != 0) logs[i] += (Math.Clamp(parts[i], low, high) - parts[i]) / weights[i];
        }

        return logs;
    }

    /// <summary>The mean at which the parts, held between its ends, add up to it.</summary>
    private static double Halved(double[] parts, double likely)
    {
        var (low, high) = (0.0, 1.0);
        for (var halving = 0; halving < Halvings; halving++)
        {
            var mean = (low + high) / 2;
            if (Math.Exp(likely + Within(parts, mean)) > mean) low = mean;
            else high = mean;
        }

        return (low + high) / 2;
    }

    private static double Within(double[] parts, double mean)
    {
        var (low, high) = Ends(mean);
        double sum = 0;
        foreach (var part in parts) sum += Math.Clamp(part, low, high);
        return sum;
    }

    /// <summary>The least and the most that a criterion may add to the logarithm of a mean.</summary>
    private static (double Low, double High) Ends(double mean)
    {
        const double Share = MostPoints / 100;
        return (-Math.Log(1 + Share / mean), Share < mean ? -Math.Log(1 - Share / mean) : double.PositiveInfinity);
    }

    /// <summary>The weighted sum of logarithms: that of a geometric mean.</summary>
    public static double Sum(ReadOnlySpan<double> logs, ReadOnlySpan<double> weights)
    {
        double sum = 0;
        for (var i = 0; i < logs.Length; i++) sum += weights[i] * logs[i];
        return sum;
    }
}

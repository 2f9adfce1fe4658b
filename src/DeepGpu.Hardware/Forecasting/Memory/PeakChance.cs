namespace DeepGpu.Hardware.Forecasting;

/// <summary>How likely a peak of memory stays below a limit, from where left-out peaks lay around their forecasts.</summary>
/// <remarks>1, 10, 90 and 99 of 100 left-out peaks stayed below the ends of the measured intervals; half is taken to lie below the
/// forecast. Between these the logarithm counts evenly.</remarks>
/// <param name="Peak">The forecast, in bytes.</param>
/// <param name="Usual">Where 80 of 100 lie.</param>
/// <param name="Sure">Where 98 of 100 lie.</param>
internal readonly record struct PeakChance(double Peak, LogInterval Usual, LogInterval Sure)
{
    private const double Never = 0.005;

    /// <summary>So many times as far as the surer interval's ends nothing is told apart any more.</summary>
    private const double Furthest = 1.5;

    private static readonly double[] Shares = [Never, 0.01, 0.1, 0.5, 0.9, 0.99, 1 - Never];

    /// <summary>The share of peaks that stay below a limit; none is sure.</summary>
    /// <param name="limit">Bytes.</param>
    public double Below(double limit)
    {
        if (limit <= 0) return Never;
        var excess = Math.Log(limit / Peak);
        ReadOnlySpan<double> ends = [Furthest * Sure.Low, Sure.Low, Usual.Low, 0, Usual.High, Sure.High, Furthest * Sure.High];
        if (excess <= ends[0]) return Never;
        for (var i = 1; i < ends.Length; i++)
        {
            if (excess < ends[i]) return Shares[i - 1] + (Shares[i] - Shares[i - 1]) * (excess - ends[i - 1]) / (ends[i] - ends[i - 1]);
        }

        return 1 - Never;
    }
}

namespace DeepGpu.Hardware.Forecasting;

/// <summary>What is made of an estimate of seconds.</summary>
internal static class SecondsEstimate
{
    /// <summary>The note of a forecast without a time.</summary>
    public const string NoRates = "No rates are known of this card: time is not forecast.";

    public static Estimate<TimeSpan> Span(Estimate<double> seconds) => new(TimeSpan.FromSeconds(seconds.Value),
        TimeSpan.FromSeconds(seconds.Low), TimeSpan.FromSeconds(seconds.High), seconds.Basis);

    /// <summary>A rate from a time: low and high change places.</summary>
    public static Estimate<double> Inverse(Estimate<double> time, double amount)
        => new(amount / time.Value, amount / time.High, amount / time.Low, time.Basis);

    /// <summary>Where any of some engines may run: their geometric mean, and an interval that spans all of theirs.</summary>
    public static Estimate<double> OfAnyEngine(IReadOnlyList<Estimate<double>> each) => each.Count == 1 ? each[0]
        : new(Math.Exp(each.Average(e => Math.Log(e.Value))), each.Min(e => e.Low), each.Max(e => e.High),
            "The engine is not known: from the fastest's low to the slowest's high end.");
}

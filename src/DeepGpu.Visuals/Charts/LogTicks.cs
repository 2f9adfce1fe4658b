using ScottPlot.TickGenerators;

namespace DeepGpu.Visuals.Charts;

/// <summary>Ticks at round numbers of an axis that holds decimal logarithms.</summary>
internal static class LogTicks
{
    /// <summary>Beyond this many powers of ten, only they are labelled.</summary>
    private const double FewDecades = 2.5;

    private const double Minute = 60;
    private const double Hour = 3600;
    private const double Day = 86_400;

    private static readonly double[] RoundTimes =
    [
        1, 2, 5, 10, 20, 30, Minute, 2 * Minute, 5 * Minute, 10 * Minute, 20 * Minute, 30 * Minute,
        Hour, 2 * Hour, 4 * Hour, 8 * Hour, 12 * Hour, Day, 2 * Day, 5 * Day, 10 * Day, 20 * Day, 50 * Day, 100 * Day, 200 * Day,
    ];

    /// <summary>Powers of ten; twice and five times them too where there are few.</summary>
    public static NumericManual Decimal(double low, double high, Func<double, string> label, double unit)
    {
        var (ticks, shift) = (new NumericManual(), Math.Log10(unit));
        int[] labelled = high - low > FewDecades ? [1] : [1, 2, 5];
        for (var power = (int)Math.Floor(low - shift); power <= high - shift; power++)
            for (var digit = 1; digit < 10; digit++)
                Add(ticks, low, high, digit * Math.Pow(10, power) * unit, labelled.Contains(digit) ? label : null);
        return ticks;
    }

    /// <summary>Round times: 20 s, 5 min, 2 h.</summary>
    public static NumericManual Durations(double low, double high)
    {
        if (high < 0) return Decimal(low, high, Duration, 1);
        var ticks = new NumericManual();
        foreach (var seconds in RoundTimes) Add(ticks, low, high, seconds, Duration);
        return ticks;
    }

    /// <summary>Seconds, minutes, hours or days.</summary>
    private static string Duration(double seconds) => seconds switch
    {
        < 1e-3 => FormattableString.Invariant($"{seconds * 1e6:0.##} µs"),
        < 1 => FormattableString.Invariant($"{seconds * 1e3:0.##} ms"),
        < Minute => FormattableString.Invariant($"{seconds:0.##} s"),
        < Hour => FormattableString.Invariant($"{seconds / Minute:0.#} min"),
        < Day => FormattableString.Invariant($"{seconds / Hour:0.#} h"),
        _ => FormattableString.Invariant($"{seconds / Day:0.#} d"),
    };

    private static void Add(NumericManual ticks, double low, double high, double value, Func<double, string>? label)
    {
        var place = Math.Log10(value);
        if (place < low - 1e-9 || place > high + 1e-9) return;
        if (label is null) ticks.AddMinor(place);
        else ticks.AddMajor(place, label(value));
    }
}

using System.Text.Json;

namespace DeepGpu.Hardware.Forecasting;

/// <summary>The intervals of left-out measurements, by what they are of.</summary>
internal sealed class IntervalTable
{
    private readonly Dictionary<(StepKind Kind, IntervalPlace Place), LogInterval> _steps = [];
    private readonly Dictionary<(bool Convolves, bool IsSure), LogInterval> _peaks = [];
    private readonly Dictionary<bool, LogInterval> _draws = [];

    /// <summary>Reads the rows of intervals.json: a name of parts with points between them, the last of a step its place.</summary>
    public IntervalTable(JsonElement rows)
    {
        foreach (var row in rows.EnumerateArray())
        {
            var parts = row.GetProperty("name").GetString()!.Split('.');
            var interval = LogInterval.Read(row);
            if (parts[0] == "memory") _peaks[(parts[1] == "convolution", parts[^1] == "sure")] = interval;
            else if (row.GetProperty("name").GetString() == "power.slowdown") Slowdown = interval;
            else if (parts[0] == "power") _draws[parts[1] == "busy"] = interval;
            else _steps[(StepKind.Of(parts[..^1]), Enum.Parse<IntervalPlace>(parts[^1], ignoreCase: true))] = interval;
        }
    }

    public IEnumerable<LogInterval> All => [.. _steps.Values, .. _peaks.Values, .. _draws.Values, Slowdown];

    /// <summary>The interval of the time of a step.</summary>
    public LogInterval OfStep(StepKind kind, IntervalPlace place) => _steps[(kind, place)];

    /// <summary>Whether steps of a network have an interval of their own: those of networks measured on many cards.</summary>
    public bool Knows(StepKind kind) => _steps.ContainsKey((kind, IntervalPlace.Card));

    /// <summary>The interval of a peak of memory.</summary>
    /// <param name="convolves">Whether there are convolutions.</param>
    /// <param name="isSure">Whether it holds 98 of 100 peaks rather than 80.</param>
    public LogInterval OfPeak(bool convolves, bool isSure) => _peaks[(convolves, isSure)];

    /// <summary>The interval of how much longer a step takes under a lower power limit.</summary>
    public LogInterval Slowdown { get; }

    /// <summary>The interval of the mean draw: what a card draws between kernels is less sure.</summary>
    public LogInterval OfDraw(bool isBusy) => _draws[isBusy];
}

/// <summary>How near to a card those were that an interval was measured on.</summary>
internal enum IntervalPlace
{
    /// <summary>Other cards of its generation.</summary>
    Card,

    /// <summary>Other generations.</summary>
    Generation,

    /// <summary>Other models on the card itself.</summary>
    Own,
}

/// <summary>Where the truth lies 80 times in 100, as logarithms of truth over forecast.</summary>
/// <param name="Low">The lower end.</param>
/// <param name="High">The upper end.</param>
/// <param name="Rows">The measured rows it rests on.</param>
/// <param name="MeanErrorPercent">Their mean absolute error.</param>
internal readonly record struct LogInterval(double Low, double High, int Rows, double MeanErrorPercent)
{
    public static LogInterval Read(JsonElement row) => new(row.GetProperty("low").GetDouble(), row.GetProperty("high").GetDouble(),
        row.GetProperty("rows").GetInt32(), row.GetProperty("meanErrorPercent").GetDouble());

    /// <summary>The interval, wider.</summary>
    public LogInterval Times(double factor) => this with { Low = Low * factor, High = High * factor };

    public (double Low, double High) Around(double value) => (value * Math.Exp(Low), value * Math.Exp(High));
}

using DeepGpu.Hardware.Catalog;
using DeepGpu.Hardware.Forecasting;

namespace DeepGpu.Hardware;

/// <summary>What a workload needs on a card: memory, time, power, energy and cost, each with an interval that should hold the
/// truth 80 times in 100.</summary>
public sealed record GpuForecast
{
    /// <summary>What is run.</summary>
    public required Workload Workload { get; init; }

    /// <summary>The card.</summary>
    public required GpuSpec Card { get; init; }

    /// <summary>What was assumed.</summary>
    public required ForecastOptions Options { get; init; }

    /// <summary>Memory at the peak of a step, term by term.</summary>
    public required MemoryForecast Memory { get; init; }

    /// <summary>Whether the peak fits the card's memory.</summary>
    public required FitVerdict Fits { get; init; }

    /// <summary>How likely the peak fits what a program gets of the card, from how far left-out measured peaks lay from their forecasts:
    /// 0.99 and more where it surely fits.</summary>
    public double ProbabilityThatItFits { get; init; }

    /// <summary>Time of a step; null where the card's rate is not known.</summary>
    public Estimate<TimeSpan>? StepTime { get; init; }

    /// <summary>Time of a step that the host needs to start its operations: no card is faster; null where the time is not known.</summary>
    public TimeSpan? HostTime { get; init; }

    /// <summary>Mean draw of the card while the steps run; null where its rated power or rate is not known.</summary>
    public Estimate<Power>? AveragePower { get; init; }

    /// <summary>What limits the step; null where the time is not known.</summary>
    public ForecastBound? BoundBy { get; init; }

    /// <summary>The time of each layer on the card, in order; empty where the time is not known.</summary>
    public IReadOnlyList<LayerForecast> Layers { get => field ??= Times?.ByLayer() ?? []; init; }

    /// <summary>The times of the operations, which the layers are added up from when they are first asked for.</summary>
    internal StepTimes? Times { get; init; }

    /// <summary>What a reader should know: what was not measured, what was assumed.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Whether steps of this kind were measured on the card itself, on its sisters (cards of its generation), or on none of
    /// them, in plain words: as in "on this card: 24 steps"; null where the time is not known.</summary>
    public string? Basis { get; init; }

    /// <summary>Samples a second; null where the time is not known.</summary>
    public Estimate<double>? SamplesPerSecond => StepTime is { } t
        ? new(Workload.BatchSize / t.Value.TotalSeconds, Workload.BatchSize / t.High.TotalSeconds,
            Workload.BatchSize / t.Low.TotalSeconds, t.Basis)
        : null;

    /// <summary>Tokens made a second, of training those read; null where the time is not known and of what is no transformer.</summary>
    public Estimate<double>? TokensPerSecond { get; init; }

    /// <summary>Tokens that a step makes, of training those it reads; null of what is no transformer.</summary>
    public double? TokensPerStep { get; init; }

    /// <summary>What answers in place of the workload's operations; null where they do.</summary>
    internal IForecastLimits? Limits { get; init; }

    /// <summary>Energy for each sample; null where time or draw is not known.</summary>
    public Estimate<Energy>? EnergyPerSample => Spent(1.0 / Workload.BatchSize);

    /// <summary>Time of an epoch; null where the samples or the time of a step are not known.</summary>
    public Estimate<TimeSpan>? EpochTime
        => Steps is { } steps && StepTime is { } t ? new(t.Value * steps, t.Low * steps, t.High * steps, t.Basis) : null;

    /// <summary>Time of all epochs; null where the samples or the time of a step are not known.</summary>
    public Estimate<TimeSpan>? TotalTime
        => EpochTime is { } t ? new(t.Value * Options.Epochs, t.Low * Options.Epochs, t.High * Options.Epochs, t.Basis) : null;

    /// <summary>Energy of all epochs; null where samples, time or draw are not known.</summary>
    public Estimate<Energy>? TotalEnergy => Steps is { } steps ? Spent(steps * Options.Epochs) : null;

    /// <summary>Rent of all epochs, or their energy where the card is not rented; null where no price, or no number of samples, was
    /// given.</summary>
    public Estimate<Money>? TotalCost => ForecastCost.Of(this);

    /// <summary>The largest batch whose peak surely fits the card, as <see cref="FitVerdict.Fits"/> means it;
    /// 0 where not even one sample does.</summary>
    public int MaximumBatch() => Limits?.MaximumBatch(Card) ?? MemoryFitting.MaximumBatch(Workload, Card, Options);

    /// <summary>What would make the workload fit where it does not: a smaller batch, accumulated gradients, a shorter number format,
    /// frozen layers. Empty where it fits.</summary>
    public IReadOnlyList<FitRemedy> WhatMakesItFit()
        => Fits == FitVerdict.Fits ? [] : Limits?.WhatMakesItFit(Card) ?? FitRemedies.Of(Workload, Card, Options);

    /// <summary>The forecast in a few lines.</summary>
    public override string ToString() => ForecastText.Text(this);

    /// <summary>The forecast as public JSON, as <c>deepgpu forecast --json</c> prints it.</summary>
    public string ToJson() => JsonText.Object(json => ForecastText.Write(json, this));

    private double? Steps => Options.Samples is { } samples ? Math.Ceiling((double)samples / Workload.BatchSize) : null;

    /// <summary>Slow steps draw less, so that the ends are paired crosswise: the interval is that of the time,
    /// widened by that of the draw.</summary>
    private Estimate<Energy>? Spent(double steps)
    {
        if (StepTime is not { } t || AveragePower is not { } p) return null;
        var joules = p.Value.Watts * t.Value.TotalSeconds * steps;
        return new(Energy.FromJoules(joules), Energy.FromJoules(joules * Combined(t.Low / t.Value, p.Low / p.Value)),
            Energy.FromJoules(joules / Combined(t.Value / t.High, p.Value / p.High)), $"{t.Basis} {p.Basis}");
    }

    /// <summary>Two independent factors: their logarithms add as squares.</summary>
    private static double Combined(double first, double second)
        => Math.Exp(-Math.Sqrt(Math.Log(first) * Math.Log(first) + Math.Log(second) * Math.Log(second)));
}

/// <summary>Whether a workload fits a card's memory.</summary>
public enum FitVerdict
{
    /// <summary>A peak that 99 of 100 left-out ones stayed below fits what driver and check bits leave of the card's memory.</summary>
    Fits,

    /// <summary>Neither is sure: it may fit.</summary>
    Uncertain,

    /// <summary>Not even the least that the tensors may take, without any context, fits all of the card's memory.</summary>
    DoesNotFit,
}

/// <summary>What limits a step.</summary>
public enum ForecastBound
{
    /// <summary>Arithmetic.</summary>
    Compute,

    /// <summary>Moving data between the card's memory and its units.</summary>
    Memory,

    /// <summary>Starting kernels, each too small to fill the card.</summary>
    Launch,

    /// <summary>The host, which starts operations more slowly than the card does them.</summary>
    Host,

    /// <summary>Steps of recurrent layers that must follow one another.</summary>
    Recurrence,
}

/// <summary>The time of one layer's operations on the card, forward and backward.</summary>
/// <param name="Name">The layer.</param>
/// <param name="Time">Time on the card; the host's is not in it.</param>
/// <param name="Share">Its share of all layers' time.</param>
/// <param name="BoundBy">What takes most of it.</param>
public sealed record LayerForecast(string Name, TimeSpan Time, double Share, ForecastBound BoundBy);

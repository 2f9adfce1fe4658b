using System.Globalization;
using DeepGpu.Hardware.Forecasting;

namespace DeepGpu.Hardware.Advice;

/// <summary>A transformer that a shape describes: forecast by the laws of transformers.</summary>
internal abstract class TransformerWork(ForecastOptions options) : AdvisedWork, IForecastLimits
{
    protected const int MostCards = 64;

    protected ForecastOptions Options { get; } = options;

    public override bool NamesLeastMemory => true;

    int IForecastLimits.MaximumBatch(GpuSpec card) => LargestBatch(card) ?? 0;

    IReadOnlyList<FitRemedy> IForecastLimits.WhatMakesItFit(GpuSpec card) => Remedies(card);

    /// <summary>The most sequences that are more likely than not to fit.</summary>
    protected abstract int? LargestBatch(GpuSpec card);

    /// <summary>A forecast in the form of every other model's.</summary>
    protected GpuForecast Of(GpuSpec card, TransformerMemory memory, Estimate<ByteSize> peak, FitVerdict fits) => new()
    {
        Workload = Workload,
        Card = card,
        Options = Options,
        Memory = new()
        {
            Peak = peak,
            Weights = memory.Weights,
            Gradients = memory.Gradients,
            OptimizerState = memory.OptimizerState,
            Activations = memory.Activations + memory.Cache,
            Workspace = default,
            AllocatorRounding = default,
            Context = memory.Runtime,
        },
        Fits = fits,
        Limits = this,
    };

    /// <summary>The forecast with a step's time, what bounds it and the draw of all cards, under the power limit; as it is where no time
    /// is known.</summary>
    protected GpuForecast Timed(GpuForecast forecast, Estimate<TimeSpan>? step, Estimate<double>? tokens, ForecastBound bound,
        double bytes)
    {
        if (step is not { } time) return forecast with { TokensPerSecond = tokens };
        var timed = forecast with { StepTime = time, TokensPerSecond = tokens, BoundBy = bound, Basis = BasisOf(forecast.Card) };
        if (CardFigures.KnownOf(forecast.Card, Workload.Precision) is not { } figures) return timed;
        var (seconds, rate) = (time.Value.TotalSeconds * Cards, forecast.Card.RateAt(Workload.Precision) ?? forecast.Card.Float32Rate);
        var load = new CardLoad(1, Math.Min(1, bytes / seconds / forecast.Card.Bandwidth.BytesPerSecond),
            Math.Min(1, Workload.FlopsPerStep!.Value / seconds / (rate?.FlopsPerSecond ?? double.MaxValue)));
        var drawn = PowerForecast.Add(timed, load, figures);
        return drawn with { AveragePower = OfAll(drawn.AveragePower), TokensPerSecond = Slowed(tokens, time, drawn.StepTime!.Value) };
    }

    private static string BasisOf(GpuSpec card)
    {
        var measured = TransformerCalibration.Default.Cards;
        return ForecastBasis.Of(card, measured.Contains(card.Name) ? "language models" : null,
            GpuCatalog.Default.Cards.Any(other => other.Architecture == card.Architecture && measured.Contains(other.Name)));
    }

    /// <summary>Tokens a second, fewer by what the power limit makes a step longer.</summary>
    private static Estimate<double>? Slowed(Estimate<double>? tokens, Estimate<TimeSpan> step, Estimate<TimeSpan> limited)
        => tokens is not { } rate ? null : new(rate.Value * (step.Value / limited.Value), rate.Low * (step.High / limited.High),
            rate.High * (step.Low / limited.Low), rate.Basis);

    /// <summary>The first number of cards, doubled each time, on which it fits.</summary>
    protected static int? CardsThatHold(int now, Func<int, FitVerdict> fits)
    {
        for (var cards = now * 2; cards <= MostCards; cards *= 2)
        {
            if (fits(cards) == FitVerdict.Fits) return cards;
        }

        return null;
    }

    protected static FitRemedy? IfItFits(FitRemedyKind kind, string text, FitVerdict fits, ByteSize peak, Estimate<TimeSpan>? time)
        => fits == FitVerdict.Fits ? new(kind, text, peak, time) : null;

    /// <summary>An operation for each layer with its part of the work of a pass.</summary>
    protected static IEnumerable<Operation> Layers(string pass, int count, double flops, double backward, double elements, long trained,
        int steps) => Enumerable.Range(0, count).Select(place => new Operation
        {
            Name = $"{pass} {place + 1}",
            Kind = OperationKind.MatrixMultiply,
            Inputs = [place - 1],
            ForwardFlops = flops / count,
            BackwardFlops = backward / count,
            ForwardElements = elements / count,
            BackwardElements = trained > 0 ? 2 * elements / count : 0,
            WeightElements = trained / count,
            TrainableWeightElements = trained / count,
            NeedsInputGradient = backward > 0,
            SequentialSteps = steps,
        });

    protected static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private Estimate<Power>? OfAll(Estimate<Power>? one)
        => one is { } draw ? new(draw.Value * Cards, draw.Low * Cards, draw.High * Cards, draw.Basis) : null;
}

using System.Globalization;
using DeepGpu.Hardware.Texts;

namespace DeepGpu.Hardware.Forecasting;

/// <summary>Adds time and power to a forecast.</summary>
internal static class TimeForecast
{
    private const double MostlyRecurrent = 0.5;

    public static GpuForecast Add(GpuForecast forecast, StepWork work, CardFigures card, TimeCorrection own)
    {
        var data = CalibrationData.Default;
        var model = new StepTimeModel(work, card, data.Time)
        {
            IsChannelsLast = forecast.Options.ChannelsLast,
            IsInNewComputer = forecast.Options.IsInNewComputer,
        };
        var recurrent = new RecurrentTimeModel(card, work.Workload.Precision, data.Recurrent);
        var times = StepTimes.Of(work, model, recurrent, card.Generation);
        var optimizer = model.OptimizerSeconds(updates: true);
        var gpu = times.Total.Sum + optimizer;
        var measured = data.Corrections.GetValueOrDefault((forecast.Card.Name, work.Workload.Task, work.Workload.IsHalf));
        var ratio = times.Total.Recurrent / Math.Max(gpu, 1e-12);
        var seconds = StepTimeModel.Together(gpu, model.HostSeconds);
        var isRecurrent = ratio > MostlyRecurrent;
        var platform = IsMeasured(forecast.Card, card, isRecurrent) ? new PlatformFactor(1, 1)
            : ReachedRates.Default.FactorOf(forecast.Card);
        var corrected = seconds * platform.Slowdown * Math.Exp(-own.Excess - (measured?.Excess ?? 0) * (1 - ratio));
        var (interval, basis) = Interval(forecast, card, isRecurrent, measured, own);
        var (low, high) = interval.Times(platform.Widening).Around(corrected);
        var timed = forecast with
        {
            StepTime = new(TimeSpan.FromSeconds(corrected), TimeSpan.FromSeconds(low), TimeSpan.FromSeconds(high), basis),
            HostTime = TimeSpan.FromSeconds(model.HostSeconds * (corrected / seconds)),
            BoundBy = model.HostSeconds > gpu ? ForecastBound.Host : times.Total.Most,
            Times = times,
            Basis = Measured(forecast.Card, card, isRecurrent ? null : measured, isRecurrent),
            Notes = Notes(forecast.Card, card, work),
        };
        return PowerForecast.Add(timed, model.LoadOf(gpu, seconds, times.Total.Memory + optimizer), card);
    }

    /// <summary>Whether whole models were measured on cards of the generation, or on other cards of NVIDIA's.</summary>
    private static bool IsMeasured(GpuSpec spec, CardFigures card, bool isRecurrent)
        => spec.Vendor == GpuVendor.Nvidia || IsGenerationMeasured(card, isRecurrent);

    private static bool IsGenerationMeasured(CardFigures card, bool isRecurrent)
    {
        var measured = isRecurrent ? CalibrationData.Default.RecurrentGenerations : CalibrationData.Default.MeasuredGenerations;
        return card.Generation >= 0 && measured.Contains(Generation.All[card.Generation].Name);
    }

    /// <summary>Where steps of the kind were measured, in plain words.</summary>
    private static string Measured(GpuSpec spec, CardFigures card, CardCorrection? measured, bool isRecurrent)
        => ForecastBasis.Of(spec,
            measured is not null ? Words.Count(measured.Rows, "step")
                : isRecurrent && CalibrationData.Default.RecurrentCards.Contains(spec.Name) ? "single recurrent layers" : null,
            IsGenerationMeasured(card, isRecurrent));

    /// <summary>The interval of the kind of step, where the card stands: measured itself, of a measured generation, of none.</summary>
    private static (LogInterval Interval, string Basis) Interval(GpuForecast forecast, CardFigures card, bool isRecurrent,
        CardCorrection? measured, TimeCorrection own)
    {
        var data = CalibrationData.Default;
        var known = IsGenerationMeasured(card, isRecurrent);
        var vendorKnown = IsMeasured(forecast.Card, card, isRecurrent);
        var kind = StepKind.Of(forecast.Workload, isRecurrent);
        var network = kind with { Parameters = forecast.Workload.ParameterCount };
        var isWellKnown = data.Intervals.Knows(network);
        var place = measured is not null && !isRecurrent && !isWellKnown && !kind.IsSmall ? IntervalPlace.Own
            : known ? IntervalPlace.Card : IntervalPlace.Generation;
        var interval = data.Intervals.OfStep(isWellKnown ? network : kind, place);
        return (interval.Times((vendorKnown ? 1 : data.OtherVendor) * own.Narrowing), Basis(interval, place, measured, vendorKnown, own));
    }

    private static string Basis(LogInterval interval, IntervalPlace place, CardCorrection? measured, bool vendorKnown, TimeCorrection own)
    {
        var where = place switch
        {
            IntervalPlace.Own => string.Create(CultureInfo.InvariantCulture,
                $"{measured!.Rows} measured steps of this card among the rows; models left out"),
            IntervalPlace.Card => "Cards of this generation were measured; cards left out",
            _ => vendorKnown
                ? "No card of this generation was measured; generations left out"
                : string.Create(CultureInfo.InvariantCulture, $"No card of this vendor was measured, so that the interval is "
                    + $"{CalibrationData.Default.OtherVendor:0.0} times as wide; generations left out"),
        };
        return string.Create(CultureInfo.InvariantCulture, $"{where} were off by {interval.MeanErrorPercent:0.0} % on average "
            + $"({interval.Rows} rows).{(own.IsMeasured ? " Corrected by your measurement." : "")}");
    }

    private static string[] Notes(GpuSpec spec, CardFigures card, StepWork work) => card.Generation >= 0 && spec.ComputeUnits is not null
        && !work.Attends ? [] : [.. Sentences(spec, card, work)];

    private static IEnumerable<string> Sentences(GpuSpec spec, CardFigures card, StepWork work)
    {
        if (card.Generation < 0)
            yield return $"No card of the architecture {spec.Architecture} was measured: the constants are those of "
                + "all measured cards together.";
        if (spec.ComputeUnits is null) yield return "The number of units is not known: 100 are assumed.";
        if (work.Attends) yield return "Attention was not measured: it is taken for a dense product.";
    }
}

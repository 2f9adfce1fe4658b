using System.Globalization;

namespace DeepGpu.Hardware;

/// <summary>Adds time and power to a forecast.</summary>
internal static class TimeForecast
{
    public static GpuForecast Add(GpuForecast forecast, StepWork work, CardFigures card, TimeCorrection own)
    {
        var data = CalibrationData.Default;
        var model = new StepTimeModel(work, card, data.Time) { IsChannelsLast = forecast.Options.ChannelsLast };
        var recurrent = new RecurrentTimeModel(card, work.Workload.Precision, data.Recurrent);
        var layers = LayerTime.OfEach(work, model, recurrent, card);
        var gpu = layers.Sum(layer => layer.Total) + model.OptimizerSeconds(updates: true);
        var measured = data.Corrections.GetValueOrDefault((forecast.Card.Name, work.Workload.Task, work.Workload.IsHalf));
        var ratio = layers.Sum(layer => layer.Recurrent) / Math.Max(gpu, 1e-12);
        var seconds = StepTimeModel.Together(gpu, model.HostSeconds);
        var platform = IsMeasured(forecast, card, ratio) ? new PlatformFactor(1, 1) : ReachedRates.Default.FactorOf(forecast.Card);
        var corrected = seconds * platform.Slowdown * Math.Exp(-own.Excess - (measured?.Excess ?? 0) * (1 - ratio));
        var (kin, basis) = Interval(forecast, card, ratio, measured, own);
        var interval = kin.Times(platform.Widening);
        var (low, high) = interval.Around(corrected);
        var timed = forecast with
        {
            StepTime = new(TimeSpan.FromSeconds(corrected), TimeSpan.FromSeconds(low), TimeSpan.FromSeconds(high), basis),
            HostTime = TimeSpan.FromSeconds(model.HostSeconds * (corrected / seconds)),
            BoundBy = Bound(layers, gpu, model.HostSeconds),
            LayerTimes = layers,
            Notes = [.. Notes(forecast, card)],
        };
        return timed with { AveragePower = PowerForecast.Of(timed, model.LoadOf(gpu, seconds), card) };
    }

    private static ForecastBound Bound(IReadOnlyList<LayerTime> layers, double gpu, double host)
    {
        if (host > gpu) return ForecastBound.Host;
        var parts = new[] { (ForecastBound.Compute, layers.Sum(l => l.Compute)), (ForecastBound.Memory, layers.Sum(l => l.Memory)),
            (ForecastBound.Launch, layers.Sum(l => l.Launch)), (ForecastBound.Recurrence, layers.Sum(l => l.Recurrent)) };
        return parts.MaxBy(part => part.Item2).Item1;
    }

    /// <summary>Whether whole models were measured on cards of the generation, or on other cards of NVIDIA's.</summary>
    private static bool IsMeasured(GpuForecast forecast, CardFigures card, double recurrentShare)
    {
        if (forecast.Card.Vendor == GpuVendor.Nvidia) return true;
        var measured = recurrentShare > 0.5 ? CalibrationData.Default.RecurrentGenerations : CalibrationData.Default.MeasuredGenerations;
        return card.Generation >= 0 && measured.Contains(Generation.All[card.Generation].Name);
    }

    /// <summary>The interval of the kind of step, where the card stands: measured itself, of a measured generation, of none.</summary>
    private static (LogInterval Interval, string Basis) Interval(GpuForecast forecast, CardFigures card, double recurrentShare,
        CardCorrection? measured, TimeCorrection own)
    {
        var data = CalibrationData.Default;
        var isRecurrent = recurrentShare > 0.5;
        var generation = card.Generation < 0 ? null : Generation.All[card.Generation].Name;
        var known = generation is not null && (isRecurrent ? data.RecurrentGenerations : data.MeasuredGenerations).Contains(generation);
        var vendorKnown = forecast.Card.Vendor == GpuVendor.Nvidia || (generation is not null && known);
        var kind = (isRecurrent ? "recurrent." : "") + (forecast.Workload.Task == WorkloadTask.Training ? "training" : "inference")
            + (forecast.Workload.IsHalf && !isRecurrent ? ".half" : "");
        if (!isRecurrent && forecast.Workload.BatchSize < 8) kind = "small";
        var wellKnown = CalibrationData.KnownKind(kind, forecast.Workload.ParameterCount);
        var isWellKnown = !isRecurrent && data.Intervals.ContainsKey($"{wellKnown}.card");
        var place = measured is not null && !isRecurrent && !isWellKnown && kind != "small" ? "own" : known ? "card" : "generation";
        var interval = data.Intervals[$"{(isWellKnown ? wellKnown : kind)}.{place}"];
        var widened = interval.Times((vendorKnown ? 1 : data.OtherVendor) * own.Narrowing);
        return (widened, Basis(interval, place, measured, vendorKnown, own));
    }

    private static string Basis(LogInterval interval, string place, CardCorrection? measured, bool vendorKnown, TimeCorrection own)
    {
        var where = place switch
        {
            "own" => string.Create(CultureInfo.InvariantCulture,
                $"{measured!.Rows} measured steps of this card among the rows; models left out"),
            "card" => "Cards of this generation were measured; cards left out",
            _ => vendorKnown
                ? "No card of this generation was measured; generations left out"
                : string.Create(CultureInfo.InvariantCulture, $"No card of this vendor was measured, so that the interval is "
                    + $"{CalibrationData.Default.OtherVendor:0.0} times as wide; generations left out"),
        };
        return string.Create(CultureInfo.InvariantCulture, $"{where} were off by {interval.MeanErrorPercent:0.0} % on average "
            + $"({interval.Rows} rows).{(own.IsMeasured ? " Corrected by your measurement." : "")}");
    }

    private static IEnumerable<string> Notes(GpuForecast forecast, CardFigures card)
    {
        if (card.Generation < 0)
            yield return $"No card of the architecture {forecast.Card.Architecture} was measured: the constants are those of "
                + "all measured cards together.";
        if (forecast.Card.ComputeUnits is null) yield return "The number of units is not known: 100 are assumed.";
        if (forecast.Workload.Operations.Any(operation => operation.Kind == OperationKind.Attention))
            yield return "Attention was not measured: it is taken for a dense product.";
    }
}

/// <summary>Where an operation's seconds go.</summary>
internal readonly record struct LayerTime(string Name, double Compute, double Memory, double Launch, double Recurrent)
{
    public double Total => Compute + Memory + Launch + Recurrent;

    /// <summary>The time of every operation; equal ones are timed once.</summary>
    public static LayerTime[] OfEach(StepWork work, StepTimeModel model, RecurrentTimeModel recurrent, CardFigures card)
    {
        var kinds = work.Kinds;
        var times = new LayerTime[work.Operations.Count];
        for (var i = 0; i < times.Length; i++)
        {
            times[i] = kinds[i] < i ? times[kinds[i]] with { Name = work.Operations[i].Operation.Name }
                : Of(work.Operations[i], work, model, recurrent, card);
        }

        return times;
    }

    private static LayerTime Of(OperationWork work, StepWork step, StepTimeModel model, RecurrentTimeModel recurrent, CardFigures card)
    {
        var time = model.TimeOf(work);
        return new(work.Operation.Name, time.Compute, time.Memory, time.Launch,
            work.Operation.Recurrence is { } shape ? Recurrence(shape) : 0);

        double Recurrence(Recurrence shape)
        {
            var anchor = new RecurrentAnchor(shape.Gates, shape.Units, shape.Rows, work.Operation.SequentialSteps, step.IsTraining,
                step.Workload.IsHalf, card.Generation);
            return recurrent.Seconds(shape, work.Operation.SequentialSteps,
                step.IsTraining) * Math.Exp(-CalibrationData.Default.Anchors.Excess(anchor));
        }
    }

    /// <summary>One entry for each layer, in order.</summary>
    public static IReadOnlyList<LayerForecast> ByLayer(IReadOnlyList<LayerTime> times)
    {
        var all = times.Sum(time => time.Total);
        return [.. times.GroupBy(time => time.Name).Select(layer =>
            new LayerForecast(layer.Key, TimeSpan.FromSeconds(layer.Sum(t => t.Total)), layer.Sum(t => t.Total) / all, Most(layer)))];
    }

    private static ForecastBound Most(IEnumerable<LayerTime> layer)
    {
        var sum = layer.Aggregate((a, b) =>
            new(a.Name, a.Compute + b.Compute, a.Memory + b.Memory, a.Launch + b.Launch, a.Recurrent + b.Recurrent));
        return new[] { (ForecastBound.Compute, sum.Compute), (ForecastBound.Memory, sum.Memory), (ForecastBound.Launch, sum.Launch),
            (ForecastBound.Recurrence, sum.Recurrent) }
            .MaxBy(part => part.Item2).Item1;
    }
}

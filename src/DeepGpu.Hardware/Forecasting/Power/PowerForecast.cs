using System.Globalization;

namespace DeepGpu.Hardware.Forecasting;

/// <summary>The mean draw of a step as an estimate, and the time that a power limit costs.</summary>
internal static class PowerForecast
{
    /// <summary>Other makers' cards, and kinds of steps, were not measured: the interval is twice as wide.</summary>
    private const double Unmeasured = 2;

    /// <summary>The lowest limit measured, as a share of the rated power.</summary>
    private const double LowestMeasured = 0.38;

    /// <summary>The forecast with its draw, and its step as long as the power limit makes it; as it is where no rated power is known.
    /// </summary>
    public static GpuForecast Add(GpuForecast forecast, CardLoad load, CardFigures card)
    {
        if (forecast.Card.Tdp is not { } tdp)
            return forecast.Options.PowerLimit is null ? forecast
                : forecast with { Notes = [.. forecast.Notes, "The rated power is not known: the power limit is left out of account."] };
        var model = new ClockModel(load, tdp.Watts, card, CalibrationData.Default.Power, CalibrationData.Default.Clock);
        var limit = Math.Min(forecast.Options.PowerLimit?.Watts ?? tdp.Watts, tdp.Watts);
        var drawn = forecast with { AveragePower = Draw(forecast, load, model, limit, tdp.Watts) };
        return limit < tdp.Watts ? Slowed(drawn, model, limit, tdp.Watts) : drawn;
    }

    private static Estimate<Power> Draw(GpuForecast forecast, CardLoad load, ClockModel model, double limit, double tdp)
    {
        var (watts, measured) = (model.Watts(limit), CalibrationData.Default.Intervals.OfDraw(load.IsBusy));
        var known = IsMeasured(forecast);
        var (low, high) = measured.Times(known ? 1 : Unmeasured).Around(watts);
        var basis = string.Create(CultureInfo.InvariantCulture, $"Draw: {measured.Rows} measured means of left-out cards differ by "
            + $"{measured.MeanErrorPercent:0.0} %{(known ? "" : "; none of this kind, so that the interval is twice as wide")}.");
        return new(Power.FromWatts(watts), Power.FromWatts(low), Power.FromWatts(Math.Min(high, Math.Max(watts, limit))), basis);
    }

    /// <summary>Longer by what the limit costs. The interval is widened by how far that was off, and no end gets faster by a limit.
    /// </summary>
    private static GpuForecast Slowed(GpuForecast forecast, ClockModel model, double limit, double tdp)
    {
        var (slowdown, step) = (model.Slowdown(limit), forecast.StepTime!.Value);
        var notes = Notes(model, limit, tdp).ToList();
        if (notes.Count > 0) forecast = forecast with { Notes = [.. forecast.Notes, .. notes] };
        if (!(slowdown > 1)) return forecast;
        var measured = CalibrationData.Default.Intervals.Slowdown;
        var (least, most) = measured.Times(IsMeasured(forecast) ? 1 : Unmeasured).Around(slowdown);
        var value = step.Value * slowdown;
        var low = value * Combined(step.Low / step.Value, least / slowdown);
        var basis = string.Create(CultureInfo.InvariantCulture, $"{step.Basis} The power limit of {limit:0} W makes it "
            + $"{100 * (slowdown - 1):0} % longer: {measured.Rows} measured steps under lower limits, of left-out cards, were off by "
            + $"{measured.MeanErrorPercent:0.0} %.");
        return forecast with
        {
            StepTime = new(value, low > step.Low ? low : step.Low, value / Combined(step.Value / step.High, slowdown / most), basis),
            Times = forecast.Times?.Scaled(slowdown),
        };
    }

    private static IEnumerable<string> Notes(ClockModel model, double limit, double tdp)
    {
        if (!model.CanHold(limit))
            yield return string.Create(CultureInfo.InvariantCulture,
                $"No clock is slow enough for a limit of {limit:0} W: the card draws {model.Watts(limit):0} W.");
        if (limit < LowestMeasured * tdp)
            yield return string.Create(CultureInfo.InvariantCulture, $"A limit of {limit:0} W is below the lowest measured, "
                + $"{100 * LowestMeasured:0} % of the rated {tdp:0} W: many cards accept none so low (nvidia-smi -q -d POWER shows it).");
    }

    private static bool IsMeasured(GpuForecast forecast)
        => forecast.Card.Vendor == GpuVendor.Nvidia && forecast.Workload is { Task: WorkloadTask.Training, IsHalf: false };

    /// <summary>Two independent factors below 1: their logarithms add as squares.</summary>
    private static double Combined(double first, double second)
        => Math.Exp(-Math.Sqrt(Math.Log(first) * Math.Log(first) + Math.Log(second) * Math.Log(second)));
}

using System.Globalization;

namespace DeepGpu.Hardware;

/// <summary>The mean draw of a step, as an estimate.</summary>
internal static class PowerForecast
{
    /// <summary>Other makers' cards, and kinds of steps, were not measured: the interval is twice as wide.</summary>
    private const double Unmeasured = 2;

    public static Estimate<Power>? Of(GpuForecast forecast, CardLoad load, CardFigures card)
    {
        if (forecast.Card.Tdp is not { } tdp) return null;
        var data = CalibrationData.Default;
        var limit = forecast.Options.PowerLimit?.Watts ?? tdp.Watts;
        var watts = PowerModel.Watts(load, tdp.Watts, limit, card.Vector, data.Power);
        var known = forecast.Card.Vendor == GpuVendor.Nvidia && forecast.Workload is { Task: WorkloadTask.Training, IsHalf: false };
        var measured = data.Intervals.OfDraw(load.IsBusy);
        var (low, high) = measured.Times(known ? 1 : Unmeasured).Around(watts);
        var basis = string.Create(CultureInfo.InvariantCulture, $"Draw: {measured.Rows} measured means of left-out cards differ by "
            + $"{measured.MeanErrorPercent:0.0} %{(known ? "" : "; none of this kind, so that the interval is twice as wide")}.");
        return new(Power.FromWatts(watts), Power.FromWatts(low),
            Power.FromWatts(Math.Min(high, Math.Max(watts, Math.Min(limit, tdp.Watts)))), basis);
    }
}

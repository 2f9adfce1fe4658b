using System.Globalization;
using DeepGpu.Hardware.Advice;

namespace DeepGpu.Hardware;

/// <summary>What a lower power limit does to a step on a card: the limit of least energy for a sample among those that make it at most a
/// tenth longer.</summary>
/// <param name="Limit">The limit, of each card.</param>
/// <param name="TimeFactor">Time of a step over that at the rated power, at least 1.</param>
/// <param name="EnergyFactor">Energy of a step over that at the rated power, below 1.</param>
public sealed record LowerPowerLimit(Power Limit, double TimeFactor, double EnergyFactor)
{
    private const double LongestFactor = 1.1;

    /// <summary>Smaller savings are within what forecasts are off by.</summary>
    private const double WorthwhileFactor = 0.95;

    /// <summary>Limits that are tried, as shares of the rated power: drivers accept few below a half.</summary>
    private const double LowestShare = 0.5, ShareStep = 0.05;

    private const double RoundWatts = 5;

    /// <summary>As in "at 250 W it takes 8 % longer and 20 % less energy".</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"at {Limit.Watts:0} W it takes {100 * (TimeFactor - 1):0} % longer and {100 * (1 - EnergyFactor):0} % less energy");

    /// <summary>The limit for some work on a card; null where a limit was set already, where time or draw is not known, or where no limit
    /// saves a twentieth.</summary>
    internal static LowerPowerLimit? Of(AdvisedWork work, GpuForecast full)
    {
        if (full is not { Options.PowerLimit: null, Card.Tdp: { } tdp } || JoulesOf(full) is not { } joules) return null;
        var best = Limits(tdp.Watts).Select(watts => Of(work, full, joules, watts)).OfType<LowerPowerLimit>()
            .Where(limit => limit.TimeFactor <= LongestFactor).MinBy(limit => limit.EnergyFactor);
        return best?.EnergyFactor <= WorthwhileFactor ? best : null;
    }

    private static IEnumerable<double> Limits(double tdp)
        => Enumerable.Range(0, (int)Math.Round((1 - LowestShare) / ShareStep))
            .Select(step => RoundWatts * Math.Ceiling((LowestShare + step * ShareStep) * tdp / RoundWatts)).Where(watts => watts < tdp)
            .Distinct();

    private static LowerPowerLimit? Of(AdvisedWork work, GpuForecast full, double joules, double watts)
    {
        var limit = Power.FromWatts(watts);
        return work.AtPowerLimit(limit).On(full.Card) is { StepTime: { } step } limited && JoulesOf(limited) is { } used
            ? new(limit, step.Value / full.StepTime!.Value.Value, used / joules) : null;
    }

    private static double? JoulesOf(GpuForecast forecast)
        => forecast is { StepTime: { } step, AveragePower: { } power } ? step.Value.TotalSeconds * power.Value.Watts : null;
}

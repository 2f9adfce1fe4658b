using DeepGpu.Hardware;
using DeepGpu.Hardware.Forecasting;

namespace DeepGpu.Forecasts;

/// <summary>The models of mean draw and of the clock under a power limit, and their rows.</summary>
internal static class PowerFit
{
    private const double Noise = 0.1;

    /// <summary>Fits the constants of draw and of the clock together: what a limit costs tells what of the draw it cannot save.</summary>
    public static (Fit Power, Fit Clock) Run(IReadOnlyList<LoadedRow> rows)
    {
        var first = PowerConstants.Table.Definitions.Count;
        var fit = LevenbergMarquardt.Run([.. PowerConstants.Table.Priors, .. ClockConstants.Table.Priors],
            [.. Spreads(PowerConstants.Table), .. Spreads(ClockConstants.Table)],
            [
                .. rows.Select(row => (Func<double[], double>)(all => Draw(row, all[..first], all[first..]))),
                .. rows.Where(row => !row.Row.IsAtDefaultLimit)
                    .Select(row => (Func<double[], double>)(all => Slowdown(row, all[..first])(all[first..]))),
            ], Noise);
        return (new(fit.Values[..first], fit.Errors[..first], fit.EffectiveCount),
            new(fit.Values[first..], fit.Errors[first..], fit.EffectiveCount));
    }

    /// <summary>The logarithm of forecast over measured draw.</summary>
    public static double Draw(LoadedRow at, double[] power, double[] clock)
        => Math.Log(Clock(at, power, clock).Watts(at.Row.Limit) / at.Row.Watts);

    /// <summary>The same of how much longer a step takes than at the highest limit measured.</summary>
    public static Func<double[], double> Slowdown(LoadedRow at, double[] power)
    {
        var measured = Math.Log(at.Row.Slowdown);
        return clock => Math.Log(Clock(at, power, clock).Slowdown(at.Row.Limit)) - measured;
    }

    /// <summary>The same of the energy of a sample, of the forecast time and draw.</summary>
    public static double Energy(LoadedRow at, double[] power, double[] clock)
    {
        var model = Clock(at, power, clock);
        return Math.Log(at.Seconds * model.Slowdown(at.Row.Limit) * model.Watts(at.Row.Limit) / (at.Row.Step.Seconds * at.Row.Watts));
    }

    /// <summary>Each row's load by constants of time that no row of its architecture had a part in.</summary>
    public static IReadOnlyList<LoadedRow> Loads(IReadOnlyList<EnergyRow> rows, IReadOnlyList<TimeRow> times,
        IReadOnlyList<ProductRow> products)
        =>
        [
            .. rows.GroupBy(row => row.Step.Card).AsParallel().AsOrdered().SelectMany(card =>
            {
                var constants = CnnFit.Run([.. times.Where(row => !IsSameChip(row.Card, card.Key))],
                    [.. products.Where(row => !IsSameChip(row.Card, card.Key))]).Values;
                return card.Select(row => (Row: row, Forecast: CnnFit.Load(row.Step, constants)))
                    .Select(of => new LoadedRow(of.Row, of.Forecast.Load, of.Forecast.Seconds));
            }),
        ];

    private static double[] Spreads(ConstantTable table) => [.. table.Definitions.Select(definition => definition.Spread)];

    private static ClockModel Clock(LoadedRow at, double[] power, double[] clock)
        => new(at.Load, at.Row.Step.Card.Tdp!.Value.Watts, CardFigures.Of(at.Row.Step.Card)!, power, clock);

    /// <summary>The same chip in another form counts as the same card here: V100 on a board or a module.</summary>
    private static bool IsSameChip(GpuSpec one, GpuSpec other)
        => one.Architecture == other.Architecture && one.ComputeUnits == other.ComputeUnits;
}

/// <summary>A measured draw with what is forecast of the step.</summary>
/// <param name="Row">What was measured.</param>
/// <param name="Load">How the step uses the card.</param>
/// <param name="Seconds">The forecast time of the step at the rated power.</param>
internal sealed record LoadedRow(EnergyRow Row, CardLoad Load, double Seconds);

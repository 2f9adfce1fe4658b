using DeepGpu.Hardware;

namespace DeepGpu.Forecasts;

/// <summary>The model of mean draw and its rows.</summary>
internal static class PowerFit
{
    private const double Noise = 0.1;

    public static Fit Run(IReadOnlyList<(EnergyRow Row, CardLoad Load)> rows)
    {
        var definitions = PowerConstants.Table.Definitions;
        return LevenbergMarquardt.Run(PowerConstants.Table.Priors, [.. definitions.Select(d => d.Spread)],
            [.. rows.Select(Residual)], Noise);
    }

    public static Func<double[], double> Residual((EnergyRow Row, CardLoad Load) at)
    {
        var (card, measured) = (at.Row.Step.Card, Math.Log(at.Row.Watts));
        return constants => Math.Log(PowerModel.Watts(at.Load, card.Tdp!.Value.Watts, at.Row.Limit,
            card.Float32Rate!.Value.FlopsPerSecond, constants)) - measured;
    }

    /// <summary>Each row's load by constants of time that no row of its architecture had a part in.</summary>
    public static IReadOnlyList<(EnergyRow Row, CardLoad Load)> Loads(IReadOnlyList<EnergyRow> rows, IReadOnlyList<TimeRow> times,
        IReadOnlyList<ProductRow> products)
        =>
        [
            .. rows.GroupBy(row => row.Step.Card).AsParallel().AsOrdered().SelectMany(card =>
            {
                var constants = CnnFit.Run([.. times.Where(row => !IsSameChip(row.Card, card.Key))],
                    [.. products.Where(row => !IsSameChip(row.Card, card.Key))]).Values;
                return card.Select(row => (row, CnnFit.Load(row.Step, constants)));
            }),
        ];

    /// <summary>The same chip in another form counts as the same card here: V100 on a board or a module.</summary>
    private static bool IsSameChip(GpuSpec one, GpuSpec other)
        => one.Architecture == other.Architecture && one.ComputeUnits == other.ComputeUnits;
}

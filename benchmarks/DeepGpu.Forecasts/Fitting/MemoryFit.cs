using System.Collections.Concurrent;
using DeepGpu.Hardware.Forecasting;

namespace DeepGpu.Forecasts;

/// <summary>The model of peak memory and its rows.</summary>
internal static class MemoryFit
{
    private const double Noise = 0.03;

    private static readonly ConcurrentDictionary<MemoryRow, MemoryModel> Models = new();

    public static Fit Run(IReadOnlyList<MemoryRow> rows)
    {
        var definitions = MemoryConstants.Table.Definitions;
        return LevenbergMarquardt.Run(MemoryConstants.Table.Priors, [.. definitions.Select(d => d.Spread)],
            [.. rows.Select(Residual)], Noise);
    }

    public static Func<double[], double> Residual(MemoryRow row)
    {
        var (model, measured) = (Model(row), Math.Log(row.Bytes));
        return constants => Math.Log(model.Total(constants)) - measured;
    }

    public static MemoryModel Model(MemoryRow row) => Models.GetOrAdd(row, key =>
    {
        var workload = key.Training();
        return new(workload, StepMemory.Run(workload));
    });
}

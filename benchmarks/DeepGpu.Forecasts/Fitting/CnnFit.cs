using DeepGpu.Hardware.Forecasting;

namespace DeepGpu.Forecasts;

/// <summary>The model of whole networks' steps and its rows: fits constants, forecasts rows.</summary>
internal static class CnnFit
{
    private const double Noise = 0.2;

    /// <summary>A card's products err alike: each tells little beside the others, and none of them what a whole network takes.</summary>
    private const double ProductWeight = 0.25;

    /// <summary>Smaller batches wait for the host in ways that differ from source to source: they are forecast, not fitted.</summary>
    private const int SmallestBatch = 8;

    /// <summary>Fits the constants of time to rows of whole networks and of single products.</summary>
    public static Fit Run(IReadOnlyList<TimeRow> rows, IReadOnlyList<ProductRow> products)
    {
        var definitions = TimeConstants.Table.Definitions;
        return LevenbergMarquardt.Run(TimeConstants.Table.Priors, [.. definitions.Select(d => d.Spread)],
            [.. rows.Where(row => row.Batch >= SmallestBatch).Select(Residual), .. products.Select(Weighted)], Noise);
    }

    private static Func<double[], double> Weighted(ProductRow row)
    {
        var residual = Residual(row);
        return constants => ProductWeight * residual(constants);
    }

    /// <summary>The same of a single product: nothing waits for the host.</summary>
    public static Func<double[], double> Residual(ProductRow row)
    {
        var (work, card, measured) = (row.Work, CardFigures.Of(row.Card)!, Math.Log(row.Seconds));
        return constants => Math.Log(new StepTimeModel(work, card, constants).TimeOf(work.Operations[0]).Sum) - measured;
    }

    /// <summary>How a row's step uses its card, and its forecast time.</summary>
    public static (CardLoad Load, double Seconds) Load(TimeRow row, double[] constants)
    {
        var (work, card) = (Work(row).Merged(), CardFigures.Of(row.Card)!);
        var model = new StepTimeModel(work, card, constants);
        var (times, optimizer) = (model.TimeOf(work.Operations[0]), model.OptimizerSeconds(row.Updates));
        var gpu = times.Sum + optimizer;
        var seconds = StepTimeModel.Together(gpu, model.HostSeconds);
        return (model.LoadOf(gpu, seconds, times.Memory + optimizer), seconds);
    }

    /// <summary>The logarithm of forecast over measured, as a function of the constants.</summary>
    public static Func<double[], double> Residual(TimeRow row)
    {
        var (work, card, measured) = (Work(row).Merged(), CardFigures.Of(row.Card)!, Math.Log(row.Seconds));
        return constants => Math.Log(Seconds(row, work, card, constants)) - measured;
    }

    public static StepWork Work(TimeRow row) => StepWork.Of(Networks.Workload(row.Model, row.Task, row.Batch, row.Precision));

    /// <summary>The step as its source ran it.</summary>
    private static double Seconds(TimeRow row, StepWork work, CardFigures card, ConstantValues constants)
    {
        var model = new StepTimeModel(work, card, constants) { IsChannelsLast = row.IsChannelsLast };
        var seconds = StepTimeModel.Together(
            work.Operations.Sum(operation => model.TimeOf(operation).Sum) + model.OptimizerSeconds(row.Updates), model.HostSeconds);
        if (row.Uploads) seconds += 4.0 * work.Workload.InputElements / constants[TimeConstants.Upload];
        return row.IsLoaderLimited ? Math.Max(seconds, row.Batch / constants[TimeConstants.Loader]) : seconds;
    }
}

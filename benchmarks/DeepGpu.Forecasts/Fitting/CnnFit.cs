using DeepGpu.Hardware.Forecasting;

namespace DeepGpu.Forecasts;

/// <summary>The model of whole networks' steps and its rows: fits constants, forecasts rows.</summary>
internal static class CnnFit
{
    private const double Noise = 0.2;

    /// <summary>A card's products err alike: each tells little beside the others, and none of them what a whole network takes.</summary>
    private const double ProductWeight = 0.25;

    /// <summary>How many rows a network's table of one card, task and layout counts for at most: its rows err alike.</summary>
    private const double PicturesCount = 10;

    /// <summary>How far hosts of one kind differ: each source's computer has a factor of its own in the fit, and none in a forecast.
    /// </summary>
    private const double HostSpread = 0.15;

    /// <summary>Fits the constants of time to rows of whole networks and of single products.</summary>
    public static Fit Run(IReadOnlyList<TimeRow> rows, IReadOnlyList<ProductRow> products)
    {
        var (definitions, hosts) = (TimeConstants.Table.Definitions, rows.Select(HostOf).Distinct().ToList());
        var pictures = rows.Where(row => row.Source == TimeRow.Pictures).CountBy(TableOf).ToDictionary();
        var fit = LevenbergMarquardt.Run([.. TimeConstants.Table.Priors, .. hosts.Select(_ => 1.0)],
            [.. definitions.Select(d => d.Spread), .. hosts.Select(_ => HostSpread)],
            [.. rows.Select(OnOwnHost), .. products.Select(Weighted)], Noise);
        return fit with { Values = fit.Values[..definitions.Count], Errors = fit.Errors[..definitions.Count] };

        Func<double[], double> OnOwnHost(TimeRow row)
        {
            var (residual, host) = (OnHost(row), definitions.Count + hosts.IndexOf(HostOf(row)));
            var weight = Math.Min(1, Math.Sqrt(PicturesCount / pictures.GetValueOrDefault(TableOf(row), 1)));
            return constants => weight * residual(constants, constants[host]);
        }
    }

    private static (string Source, string Card) HostOf(TimeRow row) => (row.Source, row.Card.Name);

    private static (string Card, WorkloadTask Task, bool IsChannelsLast) TableOf(TimeRow row)
        => row.Source == TimeRow.Pictures ? (row.Card.Name, row.Task, row.IsChannelsLast) : default;

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
        var residual = OnHost(row);
        return constants => residual(constants, 1);
    }

    /// <summary>Whether starting operations takes most of a step, before anything is fitted.</summary>
    public static bool WaitsForHost(TimeRow row)
    {
        var (work, card) = (Work(row).Merged(), CardFigures.Of(row.Card)!);
        var model = new StepTimeModel(work, card, TimeConstants.Table.Priors);
        return model.HostSeconds > model.TimeOf(work.Operations[0]).Sum;
    }

    /// <summary>The same on a computer that takes a factor of the host's time.</summary>
    private static Func<double[], double, double> OnHost(TimeRow row)
    {
        var (work, card, measured) = (Work(row).Merged(), CardFigures.Of(row.Card)!, Math.Log(row.Seconds));
        return (constants, host) => Math.Log(Seconds(row, work, card, constants, host)) - measured;
    }

    public static StepWork Work(TimeRow row) => StepWork.Of(Networks.Workload(row.Model, row.Task, row.Batch, row.Precision));

    /// <summary>The step as its source ran it.</summary>
    private static double Seconds(TimeRow row, StepWork work, CardFigures card, ConstantValues constants, double host)
    {
        var model = new StepTimeModel(work, card, constants) { IsChannelsLast = row.IsChannelsLast, IsAutocast = row.IsAutocast };
        var seconds = StepTimeModel.Together(
            work.Operations.Sum(operation => model.TimeOf(operation).Sum) + model.OptimizerSeconds(row.Updates), host * model.HostSeconds);
        if (row.Uploads) seconds += 4.0 * work.Workload.InputElements / constants[TimeConstants.Upload];
        return row.IsLoaderLimited ? Math.Max(seconds, row.Batch / constants[TimeConstants.Loader]) : seconds;
    }
}

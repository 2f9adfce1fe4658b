using DeepGpu.Hardware.Forecasting;

namespace DeepGpu.Forecasts.Transformers;

/// <summary>Fits the constants of the time of training.</summary>
internal static class TrainingFit
{
    private const double Noise = 0.15;

    public static TrainingModel Run(IReadOnlyList<TrainingRow> rows)
    {
        var model = new TrainingModel(TransformerTrainingConstants.Table.Priors, [], new Dictionary<string, double>());
        for (var round = 0; round < 2; round++) model = Round(rows, model.Sources);
        return model;
    }

    public static Func<double[], double> Residual(TrainingRow row)
    {
        var measured = Math.Log(row.Seconds);
        return c => Math.Log(TransformerTrainingLaw.Seconds(c, row.Step, row.Recipe, row.Card) ?? row.Seconds) - measured;
    }

    private static TrainingModel Round(IReadOnlyList<TrainingRow> rows, IReadOnlyDictionary<string, double> sources)
    {
        var definitions = TransformerTrainingConstants.Table.Definitions;
        var counts = rows.CountBy(row => row.Source).ToDictionary();
        var fit = LevenbergMarquardt.Run(TransformerTrainingConstants.Table.Priors, [.. definitions.Select(d => d.Spread)],
            [.. rows.Select(row =>
        {
            var (residual, offset, weight) = (Residual(row), sources.GetValueOrDefault(row.SourceKey),
                Math.Clamp(Math.Sqrt(80.0 / counts[row.Source]), 0.3, 1));
            return (Func<double[], double>)(c => weight * (residual(c) - offset));
        })], Noise);
        return new(fit.Values, fit.Errors, rows.GroupBy(row => row.SourceKey).ToDictionary(same => same.Key,
            same => same.Sum(row => Math.Clamp(Residual(row)(fit.Values), -1, 1)) / (same.Count() + 5)));
    }
}

/// <summary>What was fitted.</summary>
internal sealed record TrainingModel(double[] Values, double[] Errors, IReadOnlyDictionary<string, double> Sources)
{
    public double Residual(TrainingRow row, bool knowsSource = true)
        => TrainingFit.Residual(row)(Values) - (knowsSource ? Sources.GetValueOrDefault(row.SourceKey) : 0);
}

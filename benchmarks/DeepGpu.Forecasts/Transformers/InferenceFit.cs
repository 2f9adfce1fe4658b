using System.Collections.Concurrent;
using DeepGpu.Hardware.Forecasting;

namespace DeepGpu.Forecasts.Transformers;

/// <summary>Fits the constants of the time of inference.</summary>
internal static class InferenceFit
{
    private const double Noise = 0.12;
    private const int Steps = 4;

    private static readonly ConcurrentDictionary<InferenceRow, Func<double[], double>> Forecasts = new(ReferenceEqualityComparer.Instance!);

    /// <summary>Fits each family of engines by itself, then all again without what rows of one source have in common.</summary>
    public static InferenceModel Run(IReadOnlyList<InferenceRow> rows)
    {
        var model = new InferenceModel(InferenceConstants.Table.Priors, InferenceConstants.Table.Priors, new Dictionary<string, double>());
        for (var round = 0; round < 2; round++) model = Round(rows, model.Sources);
        return model;
    }

    private static InferenceModel Round(IReadOnlyList<InferenceRow> rows, IReadOnlyDictionary<string, double> sources)
    {
        var definitions = InferenceConstants.Table.Definitions;
        var (values, errors) = (InferenceConstants.Table.Priors, definitions.Select(d => d.Spread).ToArray());
        foreach (var family in rows.GroupBy(row => row.Engine.Family()))
        {
            var counts = family.CountBy(row => row.Source).ToDictionary();
            var fit = LevenbergMarquardt.Run(InferenceConstants.Table.Priors, [.. definitions.Select(d => d.Spread)],
                [.. family.Select(row =>
            {
                var (residual, offset, weight) = (Residual(row), sources.GetValueOrDefault(row.SourceKey),
                    Math.Clamp(Math.Sqrt(80.0 / counts[row.Source]), 0.3, 1));
                return (Func<double[], double>)(c => weight * (residual(c) - offset));
            })], Noise);
            for (var i = 0; i < values.Length; i++)
            {
                if (fit.Values[i] != definitions[i].Prior) (values[i], errors[i]) = (fit.Values[i], fit.Errors[i]);
            }
        }

        return new(values, errors, rows.GroupBy(row => row.SourceKey).ToDictionary(same => same.Key,
            same => same.Sum(row => Math.Clamp(Residual(row)(values), -1, 1)) / (same.Count() + 5)));
    }

    /// <summary>The logarithm of forecast over measured.</summary>
    public static Func<double[], double> Residual(InferenceRow row)
    {
        var (seconds, measured) = (Seconds(row), Math.Log(row.Seconds));
        return c => Math.Log(seconds(c)) - measured;
    }

    public static Func<double[], double> Seconds(InferenceRow row) => Forecasts.GetOrAdd(row, Make);

    private static Func<double[], double> Make(InferenceRow row)
    {
        if (InferenceSettings.Of(row.Card, row.Engine, row.Format, row.Shape, row.Cards, row.SharesLayers, row.Part) is not { } setting)
            throw new InvalidOperationException($"{row.Card.Name} has no rate.");
        PassTerms Step(double context) => InferenceTerms.Decode(row.Shape, row.Format, context, row.Batch, row.CacheBits);
        PassTerms Prompt(double batch) => InferenceTerms.Prefill(row.Shape, row.Format, Math.Max(1, row.Input), batch, row.Engine);
        switch (row.Task)
        {
            case InferenceTask.Decode:
                var step = Step(Math.Max(64, row.Input + row.Output / 2));
                return c => InferenceLaw.Decode(c, setting, step);
            case InferenceTask.Prefill:
                var prompt = Prompt(row.Batch);
                return c => InferenceLaw.Prefill(c, setting, prompt);
            case InferenceTask.Serving:
                var (serving, one) = (Step(Math.Max(64, row.Input + row.Output / 2)), Prompt(1));
                return row.IsMedian ? c => InferenceLaw.Decode(c, setting, serving)
                    : c => InferenceLaw.Serve(c, setting, serving, one, row.Output);
            default:
                var all = Prompt(row.Batch);
                PassTerms[] steps = [.. Enumerable.Range(0, Steps).Select(i => Step(row.Input + row.Output * (i + 0.5) / Steps))];
                return c => InferenceLaw.Prefill(c, setting, all) + Math.Max(0, row.Output - 1)
                    * steps.Average(s => InferenceLaw.Decode(c, setting, s));
        }
    }
}

/// <summary>What was fitted: constants, their errors, and what rows of a source have in common.</summary>
internal sealed record InferenceModel(double[] Values, double[] Errors, IReadOnlyDictionary<string, double> Sources)
{
    public double Residual(InferenceRow row, bool knowsSource = true)
        => InferenceFit.Residual(row)(Values) - (knowsSource ? Sources.GetValueOrDefault(row.SourceKey) : 0);
}

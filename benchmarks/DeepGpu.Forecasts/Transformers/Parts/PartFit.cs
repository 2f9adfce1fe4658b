namespace DeepGpu.Forecasts.Transformers;

/// <summary>Fits a part's constants and what the rows of one source have in common.</summary>
internal static class PartFit
{
    /// <summary>Rows that were thought of before any: so many more draw an offset half of the way.</summary>
    private const double Shrinking = 5;

    /// <summary>An offset is not made by rows further off than this.</summary>
    private const double Furthest = 1;

    private const double LeastWeight = 0.3;

    public static PartModel<TRow> Run<TRow>(PartPlan<TRow> plan, IReadOnlyList<TRow> rows)
    {
        var model = Round(plan, rows, new Dictionary<string, double>());
        return plan.Shared is null ? model : Round(plan, rows, model.Sources);
    }

    private static PartModel<TRow> Round<TRow>(PartPlan<TRow> plan, IReadOnlyList<TRow> rows, IReadOnlyDictionary<string, double> sources)
    {
        var counts = rows.CountBy(plan.Source).ToDictionary();
        var residuals = rows.Select(row =>
        {
            var (residual, offset) = (plan.Residual(row), plan.Shared is { } key ? sources.GetValueOrDefault(key(row)) : 0);
            var weight = plan.Crowd is { } crowd ? Math.Clamp(Math.Sqrt(crowd / counts[plan.Source(row)]), LeastWeight, 1) : 1;
            return (Func<double[], double>)(c => weight * (residual(c) - offset));
        });
        var fit = LevenbergMarquardt.Run(plan.Table.Priors, [.. plan.Table.Definitions.Select(d => d.Spread)],
            [.. residuals, .. plan.Bounds.Select(plan.Residual)], plan.Noise);
        return new(plan, fit, plan.Shared is not { } shared ? new Dictionary<string, double>() : rows.GroupBy(shared).ToDictionary(
            same => same.Key,
            same => same.Sum(row => Math.Clamp(plan.Residual(row)(fit.Values), -Furthest, Furthest)) / (same.Count() + Shrinking)));
    }
}

/// <summary>What was fitted.</summary>
internal sealed record PartModel<TRow>(PartPlan<TRow> Plan, Fit Fit, IReadOnlyDictionary<string, double> Sources)
{
    public double Residual(TRow row, bool knowsSource)
        => Plan.Residual(row)(Fit.Values) - (knowsSource && Plan.Shared is { } key ? Sources.GetValueOrDefault(key(row)) : 0);
}

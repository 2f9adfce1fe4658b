namespace DeepGpu.Forecasts;

/// <summary>Leaves rows out and fits the others again, from the priors.</summary>
internal static class Folds
{
    /// <summary>Each row's residual when the rows of its key had no part in the fit, and how many constants the rows
    /// decided on average.</summary>
    public static (double[] Residuals, double Effective) Leave<TRow>(IReadOnlyList<TRow> rows, Func<TRow, string> key,
        Func<IReadOnlyList<TRow>, IReadOnlyList<TRow>, Fit> fit, Func<TRow, Func<double[], double>> residual)
    {
        var (residuals, keys) = (new double[rows.Count], rows.Select(key).ToList());
        var folds = keys.Distinct().ToList();
        var effective = new double[folds.Count];
        Parallel.For(0, folds.Count, f =>
        {
            var fitted = fit([.. rows.Where((_, i) => keys[i] != folds[f])], [.. rows.Where((_, i) => keys[i] == folds[f])]);
            effective[f] = fitted.EffectiveCount;
            for (var i = 0; i < rows.Count; i++)
            {
                if (keys[i] == folds[f]) residuals[i] = residual(rows[i])(fitted.Values);
            }
        });
        return (residuals, effective.Average());
    }
}

namespace DeepGpu.Forecasts.Transformers;

/// <summary>Residuals of rows that had no part in the fit.</summary>
internal static class LeftOut
{
    private const int FoldCount = 8;

    /// <summary>The logarithm of forecast over measured of each row, where all rows of its key were left out.</summary>
    /// <typeparam name="TRow">The rows.</typeparam>
    /// <typeparam name="TModel">What a fit makes.</typeparam>
    public static double[] Residuals<TRow, TModel>(IReadOnlyList<TRow> rows, Func<TRow, string> key, Func<IReadOnlyList<TRow>, TModel> fit,
        Func<TModel, TRow, double> residual)
    {
        var folds = rows.GroupBy(key).OrderByDescending(same => same.Count()).ThenBy(same => same.Key, StringComparer.Ordinal)
            .Select((same, place) => (same.Key, Fold: place % FoldCount)).ToDictionary(pair => pair.Key, pair => pair.Fold);
        var residuals = new double[rows.Count];
        Parallel.For(0, FoldCount, new() { MaxDegreeOfParallelism = 2 }, fold =>
        {
            var model = fit([.. rows.Where(row => folds[key(row)] != fold)]);
            for (var i = 0; i < rows.Count; i++)
            {
                if (folds[key(rows[i])] == fold) residuals[i] = residual(model, rows[i]);
            }
        });
        return residuals;
    }
}

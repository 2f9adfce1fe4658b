namespace DeepGpu.Forecasts.Transformers;

/// <summary>Residuals of rows that had no part in the fit.</summary>
internal static class LeftOut
{
    private const int FoldCount = 8;
    private const double Tail = 0.07;

    /// <summary>The logarithm of forecast over measured of each row, where all rows of its key were left out.</summary>
    /// <typeparam name="TRow">The rows.</typeparam>
    /// <typeparam name="TModel">What a fit makes.</typeparam>
    /// <param name="rows">The rows.</param>
    /// <param name="key">What is left out.</param>
    /// <param name="fit">Fits the others.</param>
    /// <param name="residual">The residual of a row.</param>
    /// <param name="foldCount">How many fits: the more, the fewer other keys are left out with one.</param>
    public static double[] Residuals<TRow, TModel>(IReadOnlyList<TRow> rows, Func<TRow, string> key, Func<IReadOnlyList<TRow>, TModel> fit,
        Func<TModel, TRow, double> residual, int foldCount = FoldCount)
    {
        var folds = rows.GroupBy(key).OrderByDescending(same => same.Count()).ThenBy(same => same.Key, StringComparer.Ordinal)
            .Select((same, place) => (same.Key, Fold: place % foldCount)).ToDictionary(pair => pair.Key, pair => pair.Fold);
        var residuals = new double[rows.Count];
        Parallel.For(0, foldCount, new() { MaxDegreeOfParallelism = 2 }, fold =>
        {
            var model = fit([.. rows.Where(row => folds[key(row)] != fold)]);
            for (var i = 0; i < rows.Count; i++)
            {
                if (folds[key(rows[i])] == fold) residuals[i] = residual(model, rows[i]);
            }
        });
        return residuals;
    }

    /// <summary>How many of 100 rows lie between the quantiles of the other cards' rows.</summary>
    public static double Coverage(IReadOnlyList<(string Card, double Residual)> rows)
    {
        var inside = 0;
        foreach (var card in rows.GroupBy(row => row.Card))
        {
            List<double> others = [.. rows.Where(row => row.Card != card.Key).Select(row => row.Residual)];
            if (others.Count == 0) continue;
            var (low, high) = (Statistics.Quantile(others, Tail), Statistics.Quantile(others, 1 - Tail));
            inside += card.Count(row => row.Residual >= low && row.Residual <= high);
        }

        return 100.0 * inside / rows.Count;
    }

    /// <summary>How many of 100 pairs of cards that differ by more than a tenth a forecast puts in the measured order.</summary>
    /// <typeparam name="TRow">The rows.</typeparam>
    /// <param name="rows">The rows.</param>
    /// <param name="residuals">The logarithm of forecast over measured of each.</param>
    /// <param name="card">Its card.</param>
    /// <param name="measured">What cards are put in order by.</param>
    /// <param name="setup">Rows of one setup are compared; null where a row is with none.</param>
    public static (int Pairs, double Percent) Order<TRow>(IReadOnlyList<TRow> rows, double[] residuals, Func<TRow, string> card,
        Func<TRow, double> measured, Func<TRow, string?> setup)
    {
        var (pairs, right) = (0, 0);
        foreach (var same in rows.Zip(residuals).Where(p => setup(p.First) is not null).GroupBy(p => setup(p.First)))
        {
            var list = same.ToList();
            for (var i = 0; i < list.Count; i++)
            {
                for (var j = 0; j < i; j++)
                {
                    var apart = Math.Log(measured(list[i].First) / measured(list[j].First));
                    if (card(list[i].First) == card(list[j].First) || Math.Abs(apart) < Math.Log(1.1)) continue;
                    pairs++;
                    if (apart * (apart + list[i].Second - list[j].Second) > 0) right++;
                }
            }
        }

        return (pairs, pairs == 0 ? 0 : 100.0 * right / pairs);
    }

    /// <summary>Sources that measured on one or two cards: leaving the card out would leave out the source, which is done beside it; of
    /// these the card's models are left out one by one.</summary>
    /// <typeparam name="TRow">The rows.</typeparam>
    public static HashSet<string> OfFewCards<TRow>(IReadOnlyList<TRow> rows, Func<TRow, string> source, Func<TRow, string> card)
        => [.. rows.GroupBy(source).Where(same => same.Select(card).Distinct().Count() < 3).Select(same => same.Key)];
}

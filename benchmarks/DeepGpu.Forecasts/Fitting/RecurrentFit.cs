using DeepGpu.Hardware.Forecasting;

namespace DeepGpu.Forecasts;

/// <summary>The model of recurrent layers and its rows.</summary>
internal static class RecurrentFit
{
    private const double Noise = 0.2;

    public static Fit Run(IReadOnlyList<RecurrentRow> rows, IReadOnlyList<Func<double[], double>>? stacks = null)
    {
        var definitions = RecurrentConstants.Table.Definitions;
        return LevenbergMarquardt.Run(RecurrentConstants.Table.Priors, [.. definitions.Select(d => d.Spread)],
            [.. rows.Select(Residual), .. stacks ?? []], Noise);
    }

    public static Func<double[], double> Residual(RecurrentRow row)
    {
        var (card, measured) = (CardFigures.Of(row.Card)!, Math.Log(row.Seconds));
        return constants =>
            Math.Log(new RecurrentTimeModel(card, row.Precision, constants).Seconds(row.Shape, row.Steps, row.IsTraining)) - measured;
    }

    /// <summary>The anchors of rows: the weights that make the process pass by their residuals.
    /// Rows that nothing tells apart share one.</summary>
    public static IReadOnlyList<RecurrentAnchor> Anchors(IReadOnlyList<RecurrentRow> rows, double[] constants)
    {
        List<RecurrentAnchor> points = [.. rows.Select(row => row.Anchor)];
        var covariance = new double[points.Count, points.Count];
        for (var i = 0; i < points.Count; i++)
        {
            for (var j = 0; j <= i; j++)
                covariance[i, j] = covariance[j, i] = RecurrentAnchors.Covariance(points[i], points[j])
                    + (i == j ? RecurrentAnchors.Noise : 0);
        }

        var weights = Cholesky.Solve(covariance, [.. rows.Select(row => Residual(row)(constants))]);
        return [.. points.Zip(weights).GroupBy(pair => pair.First)
            .Select(same => same.Key with { Weight = same.Sum(pair => pair.Second) })];
    }

    /// <summary>Residuals of rows whose key was left out, by the formula alone and with the anchors of the other rows.</summary>
    public static (double[] Formula, double[] Anchored, double Effective) Leave(IReadOnlyList<RecurrentRow> rows,
        Func<RecurrentRow, string> key, Func<IReadOnlyList<RecurrentRow>, IReadOnlyList<Func<double[], double>>> stacks)
    {
        var (formula, anchored) = (new double[rows.Count], new double[rows.Count]);
        var folds = rows.Select(key).Distinct().ToList();
        var effective = new double[folds.Count];
        Parallel.For(0, folds.Count, f =>
        {
            List<RecurrentRow> others = [.. rows.Where(row => key(row) != folds[f])];
            var fit = Run(others, stacks([.. rows.Where(row => key(row) == folds[f])]));
            var anchors = new RecurrentAnchors(Anchors(others, fit.Values));
            effective[f] = fit.EffectiveCount;
            for (var i = 0; i < rows.Count; i++)
            {
                if (key(rows[i]) != folds[f]) continue;
                formula[i] = Residual(rows[i])(fit.Values);
                anchored[i] = formula[i] - anchors.Excess(rows[i].Anchor);
            }
        });
        return (formula, anchored, effective.Average());
    }
}

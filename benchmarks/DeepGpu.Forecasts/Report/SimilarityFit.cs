using DeepGpu.Hardware;

namespace DeepGpu.Forecasts;

/// <summary>What left-out rows tell of one another: how much of an excess steps have in common,
/// and what is left of it once one of them was measured.</summary>
internal static class SimilarityFit
{
    /// <summary>For each kinship the share that a measurement corrects and what it leaves of the width,
    /// from all pairs of rows of one task and precision.
    /// What was measured itself is taken wholly.</summary>
    /// <param name="rows">Rows and their residuals with their cards left out.</param>
    public static IReadOnlyList<(StepSimilarity Similarity, OwnMeasurement Own)> Of(IReadOnlyList<(TimeRow Row, double Value)> rows)
    {
        var pairs = (from kind in rows.GroupBy(p => (p.Row.Task, p.Row.IsHalf))
                     let list = kind.ToList()
                     from i in Enumerable.Range(0, list.Count)
                     from j in Enumerable.Range(0, i)
                     let kinship = Between(list[i].Row, list[j].Row)
                     where kinship is not null
                     select (kinship.Value, list[i].Value, list[j].Value)).ToList();
        return [.. pairs.GroupBy(pair => pair.Item1).OrderBy(group => group.Key)
            .Select(group => (group.Key, Share([.. group.Select(p => (p.Item2, p.Item3))], group.Key == StepSimilarity.Both ? 1 : null)))];
    }

    /// <summary>Near-identical cards are neither one card nor two.</summary>
    private static StepSimilarity? Between(TimeRow a, TimeRow b)
        => a.Card != b.Card && a.Fold == b.Fold ? null : StepSimilarities.Between(a.Card == b.Card, a.Model == b.Model, (double)a.Batch / b.Batch);

    /// <summary>The share is the intraclass correlation of the pairs, not below 0 (Fisher, 1925);
    /// what is left is the deviation after the correction over that before.</summary>
    private static OwnMeasurement Share(IReadOnlyList<(double A, double B)> pairs, double? given)
    {
        var mean = pairs.Average(p => (p.A + p.B) / 2);
        var before = pairs.Average(p => (Square(p.A - mean) + Square(p.B - mean)) / 2);
        var share = given ?? Math.Max(0, pairs.Average(p => (p.A - mean) * (p.B - mean)) / before);
        var after = pairs.Average(p => (Square(p.A - mean - share * (p.B - mean)) + Square(p.B - mean - share * (p.A - mean))) / 2);
        return new(share, Math.Min(1, Math.Sqrt(after / before)));
    }

    private static double Square(double value) => value * value;
}

using System.Globalization;

namespace DeepGpu.Hardware;

/// <summary>What one criterion says of every card, as logarithms of shares of the best.</summary>
internal sealed class ScoreColumn
{
    private const double Least = 1e-4;

    private readonly double?[] _values;
    private readonly double[] _known;
    private readonly LikeCards _like;

    private ScoreColumn(IGpuCriterion criterion, double?[] values, double[] known, LikeCards like)
        => (Criterion, _values, _known, _like) = (criterion, values, known, like);

    public IGpuCriterion Criterion { get; }

    /// <summary>The score of a card; where the value is not known that of cards like it.</summary>
    public double Log(int row) => double.IsNaN(_known[row]) ? _like.LogScore(row, _known) : _known[row];

    public static ScoreColumn Of(IGpuCriterion criterion, GpuCandidate[] candidates, LikeCards like)
    {
        var values = new double?[candidates.Length];
        var best = double.NaN;
        for (var row = 0; row < values.Length; row++)
        {
            values[row] = criterion.Measure(candidates[row]);
            if (values[row] is { } value && !(value <= best)) best = value;
        }

        var known = new double[values.Length];
        for (var row = 0; row < known.Length; row++)
            known[row] = values[row] is { } value ? Math.Log(Bounded(criterion.Score(candidates[row], value, best))) : double.NaN;
        return new(criterion, values, known, like);
    }

    /// <summary>How much better than cards like it a card is, the other way round below 0; 0 where its value is not known.</summary>
    public double Excess(int row) => double.IsNaN(_known[row]) ? 0 : _known[row] - _like.LogScore(row, _known);

    /// <summary>What the criterion says of a card.</summary>
    /// <param name="row">The card.</param>
    /// <param name="counted">The logarithm that is counted.</param>
    /// <param name="weight">The weight, all weights together being 1.</param>
    /// <param name="why">Why it is weighed.</param>
    public CriterionScore Explain(int row, double counted, double weight, string? why)
    {
        var score = 100 * Math.Exp(counted);
        var text = _values[row] is not { } value ? Text($"Unknown and not judged: like cards would have {score:0} of 100.")
            : Math.Abs(counted - _known[row]) < 1e-9 ? Text($"{value:0.##} {Criterion.Unit}: {score:0} of 100.")
            : Text($"{value:0.##} {Criterion.Unit}: {100 * Math.Exp(_known[row]):0} of 100, counted as {score:0}, far from like cards.");
        return new(Criterion.Name, _values[row], Criterion.Unit, score, weight, why is null ? text : $"{text} {why}");
    }

    /// <summary>Above 0, so that one bad criterion does not make all others worthless;
    /// 1 where no card has any, and so none is worse.</summary>
    private static double Bounded(double score) => double.IsNaN(score) ? 1 : Math.Clamp(score, Least, 1);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

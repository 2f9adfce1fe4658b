using System.Globalization;
using System.Text;

namespace DeepGpu.Forecasts.Transformers;

/// <summary>A kind of measurement that is fitted, judged and written by itself.</summary>
internal interface IMeasuredPart
{
    string Name { get; }

    /// <summary>The table of its errors, and its worst rows.</summary>
    string Text(int worst);

    /// <summary>Writes its calibration file.</summary>
    void Write(string folder);
}

/// <inheritdoc cref="IMeasuredPart"/>
internal sealed class MeasuredPart<TRow>(PartPlan<TRow> plan) : IMeasuredPart
    where TRow : notnull
{
    private const int FewRows = 30;
    private const int Enough = 20;

    private readonly Lazy<PartModel<TRow>> _model = new(() => PartFit.Run(plan, plan.Rows));
    private readonly Lazy<(double[] Card, double[] Family, double[] Source)> _left = new(() => (
        Left(plan, plan.CardFold ?? plan.Card, true), Left(plan, plan.Family, true), Left(plan, plan.Source, false)));

    public string Name => plan.Name;

    public PartPlan<TRow> Plan => plan;

    public PartModel<TRow> Model => _model.Value;

    /// <summary>Left-out residuals, measured over forecast, by kind; a kind of few rows has none of its own.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<double>> Spreads()
    {
        var all = new Dictionary<string, List<double>>();
        foreach (var residuals in Chosen())
        {
            for (var i = 0; i < plan.Rows.Count; i++)
            {
                foreach (var kind in plan.Kinds(plan.Rows[i]))
                    (all.TryGetValue(kind, out var list) ? list : all[kind] = []).Add(-residuals[i]);
            }
        }

        return all.Where(kind => kind.Value.Count >= Enough).OrderBy(kind => kind.Key, StringComparer.Ordinal)
            .ToDictionary(kind => kind.Key, kind => (IReadOnlyList<double>)kind.Value);
    }

    public IReadOnlyList<TransformerGroup> Groups => [.. plan.Groups.Where(group => plan.Rows.Any(group.Has)).Select(Group)];

    public string Text(int worst)
    {
        var text = new StringBuilder();
        foreach (var group in Groups) text.AppendLine(group.ToString());
        if (plan.Setup is not null) text.AppendLine(Order());
        if (plan.BoundText is { } told)
        {
            foreach (var row in plan.Bounds) text.AppendLine(told(Model.Fit.Values, Spreads(), row));
        }

        foreach (var (row, residual) in plan.Rows.Zip(_left.Value.Card).OrderByDescending(pair => Math.Abs(pair.Second)).Take(worst))
            text.AppendLine(CultureInfo.InvariantCulture, $"  {100 * (Math.Exp(residual) - 1),6:0} % {row}");
        return text.ToString();
    }

    public void Write(string folder) => PartWriter.Write(Path.Combine(folder, plan.File), plan.Basis, plan.Table, Model.Fit, Spreads(),
        plan.Rows.Select(plan.Card));

    private static double[] Left(PartPlan<TRow> plan, Func<TRow, string> key, bool knowsSource)
        => LeftOut.Residuals(plan.Rows, key, rows => PartFit.Run(plan, rows), (model, row) => model.Residual(row, knowsSource));

    private IEnumerable<double[]> Chosen()
    {
        if (plan.Intervals.HasFlag(LeftOutBy.Card)) yield return _left.Value.Card;
        if (plan.Intervals.HasFlag(LeftOutBy.Family)) yield return _left.Value.Family;
        if (plan.Intervals.HasFlag(LeftOutBy.Source)) yield return _left.Value.Source;
    }

    private TransformerGroup Group(PartGroup<TRow> group)
    {
        List<int> places = [.. Enumerable.Range(0, plan.Rows.Count).Where(i => group.Has(plan.Rows[i]))];
        var (card, family, source) = _left.Value;
        var coverage = places.Count < FewRows ? (double?)null
            : LeftOut.Coverage([.. places.Select(i => ((plan.Block ?? plan.Card)(plan.Rows[i]), card[i]))]);
        return new(group.Name, group.Mean, group.Median, [.. places.Select(i => card[i])], [.. places.Select(i => family[i])],
            [.. places.Select(i => source[i])], coverage, [.. group.Rules.Select(rule =>
            {
                List<double> off = [.. places.Select(i => Math.Log(rule.Value(plan.Rows[i]) / plan.Measured(plan.Rows[i])))];
                return (rule.Name, Statistics.MeanError(off), Statistics.MedianError(off));
            })]);
    }

    private string Order()
    {
        var (pairs, percent) = LeftOut.Order(plan.Rows, _left.Value.Card, plan.Card, plan.Ordered ?? plan.Measured, plan.Setup!);
        return FormattableString.Invariant(
            $"order of cards, {plan.Name}: {percent:0.0} % of {pairs} pairs more than 10 % apart (aim {plan.OrderAim:0} %)");
    }
}

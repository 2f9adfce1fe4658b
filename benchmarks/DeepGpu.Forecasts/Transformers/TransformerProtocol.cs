using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using DeepGpu.Hardware.Forecasting;

namespace DeepGpu.Forecasts.Transformers;

/// <summary>Fits the forecasts of transformers, leaves out cards, families of models and sources, and tells how far they are off.</summary>
internal sealed class TransformerProtocol
{
    private const int FewRows = 30;
    private const int CardFolds = 24;

    private readonly List<TransformerGroup> _groups = [];

    public TransformerProtocol(string folder, bool leavesOut = true)
    {
        string Table(string name) => Path.Combine(folder, "transformers", name + ".csv");
        Inference = [.. InferenceRows.Read(Table("transformer_inference")).Where(row => row.Task != InferenceTask.Encoder)];
        TimeModel = InferenceFit.Run(Inference);
        PowerModel = TransformerPowerFit.Run(TransformerPowerFit.Rows(Inference));
        if (leavesOut) LeaveOut();
    }

    public IReadOnlyList<InferenceRow> Inference { get; }

    public InferenceModel TimeModel { get; }

    /// <summary>The constants of draw while tokens are made.</summary>
    public Fit PowerModel { get; }

    public IReadOnlyList<TransformerGroup> Groups => _groups;

    /// <summary>Left-out residuals by the kind of forecast that they give the interval of.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<double>> Spreads { get; private set; } = new Dictionary<string,
        IReadOnlyList<double>>();

    /// <summary>What a measurement of the user's own says of other requests on its card.</summary>
    public IReadOnlyList<OwnInferenceRow> Own { get; private set; } = [];

    public IReadOnlyList<(string Name, int Pairs, double Percent, double Aim)> Orders { get; private set; } = [];

    public string Text(int worst)
    {
        var text = new StringBuilder();
        text.AppendLine("Transformers, error in % (mean / median), rows left out by     card          family        source        "
            + "aim        80 %   calculators");
        foreach (var group in _groups) text.AppendLine(group.ToString());
        text.AppendLine("Every calculator on the same rows:");
        foreach (var rule in _groups.SelectMany(group => group.RuleLines)) text.AppendLine(rule);
        foreach (var own in Own) text.AppendLine(own.ToString());
        foreach (var (name, pairs, percent, aim) in Orders)
            text.AppendLine(CultureInfo.InvariantCulture,
                $"order of cards, {name}: {percent:0.0} % of {pairs} pairs more than 10 % apart (aim {aim:0} %)");
        foreach (var (row, residual) in _worst.Take(worst)) text.AppendLine(CultureInfo.InvariantCulture,
            $"  {100 * (Math.Exp(residual) - 1),6:0} % {row}");
        return text.ToString();
    }

    public ResidualSpread Spread(string kind) => TransformerWriter.SpreadOf(Spreads[kind]);

    private List<(object Row, double Residual)> _worst = [];

    private void LeaveOut()
    {
        double[] Left(Func<InferenceRow, string> key, bool knowsSource)
            => LeftOut.Residuals(Inference, key, InferenceFit.Run, (m, row) => m.Residual(row, knowsSource));
        var single = LeftOut.OfFewCards(Inference, row => row.SourceKey, row => row.Card.Name);
        string CardOf(InferenceRow row) => single.Contains(row.SourceKey) ? row.Card.Name + row.Shape.Name : row.Card.Name;
        var raw = new ConcurrentDictionary<InferenceRow, double>(ReferenceEqualityComparer.Instance!);
        var card = LeftOut.Residuals(Inference, CardOf, InferenceFit.Run, (m, row) =>
        {
            raw[row] = m.Residual(row, knowsSource: false);
            return m.Residual(row);
        }, CardFolds);
        var (family, source) = (Left(row => row.Shape.ModelType + row.Shape.Layers, true), Left(row => row.Source, false));
        Own = OwnInferenceFit.Run(Inference, row => raw[row]);
        foreach (var (name, mean, median, has, rules) in TransformerGroups.Inference)
            Add(name, mean, median, Inference, row => has(row), card, family, source, row => row.Card.Name, row => row.Seconds, rules);
        var drawn = TransformerPowerFit.Rows(Inference);
        double[] LeftDraw(Func<InferenceRow, string> key)
            => LeftOut.Residuals(drawn, key, TransformerPowerFit.Run, (m, row) => TransformerPowerFit.Residual(row)(m.Values));
        var (drawCard, drawFamily, drawSource) = (LeftDraw(row => row.Card.Name), LeftDraw(row => row.Shape.ModelType + row.Shape.Layers),
            LeftDraw(row => row.Source));
        Add("power while tokens are made", 20, null, drawn, _ => true, drawCard, drawFamily, drawSource, row => row.Card.Name,
            row => row.Watts!.Value, Calculators.Power);
        Spreads = new Dictionary<string, IReadOnlyList<double>>(TransformerGroups.Spreads(Inference, card, source))
        {
            ["power"] = [.. drawCard.Select(x => -x)],
        };
        Orders =
        [
            Order("decode", 98, Inference, card, row => row.Task == InferenceTask.Decode && row.Cards == 1 && row.Source != "llmfit",
                row => row.Card.Name, row => row.Seconds,
                row => $"{row.Source}{row.Shape.Name}{row.Format.Name}{row.Engine}{row.Batch}{row.Input}{row.Output}{row.Cards}"),
            Order("prefill", 96, Inference, card, row => row.Task == InferenceTask.Prefill && row.Cards == 1, row => row.Card.Name,
                row => row.Seconds, row => $"{row.Source}{row.Shape.Name}{row.Format.Name}{row.Engine}{row.Batch}{row.Input}{row.Cards}"),
        ];
        _worst = [.. Inference.Zip(card).Select(p => ((object)p.First, p.Second))
            .OrderByDescending(p => Math.Abs(p.Item2))];
    }

    private void Add<TRow>(string name, double? mean, double? median, IReadOnlyList<TRow> rows, Func<TRow, bool> has, double[] card,
        double[] family, double[] source,
        Func<TRow, string> cardOf, Func<TRow, double> measured, IReadOnlyList<(string Name, Func<TRow, double> Value)> rules)
    {
        List<int> places = [.. Enumerable.Range(0, rows.Count).Where(i => has(rows[i]))];
        if (places.Count == 0) return;
        List<(string, double)> own = [.. places.Select(i => (cardOf(rows[i]), card[i]))];
        _groups.Add(new(name, mean, median, [.. places.Select(i => card[i])], [.. places.Select(i => family[i])],
            [.. places.Select(i => source[i])],
            places.Count < FewRows ? null : LeftOut.Coverage(own), [.. rules.Select(rule =>
            {
                List<double> off = [.. places.Select(i => Math.Log(rule.Value(rows[i]) / measured(rows[i])))];
                return (rule.Name, Statistics.MeanError(off), Statistics.MedianError(off));
            })]));
    }

    private static (string, int, double, double) Order<TRow>(string name, double aim, IReadOnlyList<TRow> rows, double[] residuals,
        Func<TRow, bool> has, Func<TRow, string> card, Func<TRow, double> measured, Func<TRow, string> setup)
    {
        var (pairs, percent) = LeftOut.Order(rows, residuals, card, measured, row => has(row) ? setup(row) : null);
        return (name, pairs, percent, aim);
    }
}

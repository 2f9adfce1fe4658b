using System.Collections.Concurrent;
using DeepGpu.Hardware;
using DeepGpu.Hardware.Forecasting;

namespace DeepGpu.Forecasts;

/// <summary>Recurrent layers and stacks of them.</summary>
internal sealed partial class Protocol
{
    private void Recurrent(CalibrationWriter? writer)
    {
        var time = CnnFit.Run(_times, _products).Values;
        var fit = RecurrentFit.Run(_recurrent, [.. _stacks.Select(row => TranslationFit.Residual(row, time))]);
        LeftRecurrent("cards", row => row.Card.Name, "card");
        LeftRecurrent("architectures", row => row.Generation, "generation");
        const string Source = "DeepBench (Baidu Research) single recurrent layers, GNMT training (Lambda Labs, NVIDIA "
            + "DeepLearningExamples); fitted by benchmarks/DeepGpu.Forecasts.";
        writer?.Constants("recurrent.json", Source, RecurrentConstants.Table,
            fit, Groups.Where(g => g.Name.StartsWith("RNN", StringComparison.Ordinal) && g.LeftOut == "cards"),
            _recurrent.Select(row => row.Generation).Distinct(), cards: _recurrent.Select(row => row.Card.Name).Distinct());
        writer?.Anchors("Weights of a Gaussian process through the residuals of the rows behind recurrent.json. " + Source,
            RecurrentFit.Anchors(_recurrent, fit.Values));
    }

    /// <summary>The residuals of stacks of cards that do not leave, by constants of time that the leaving cards had no part in.</summary>
    private IReadOnlyList<Func<double[], double>> Stacks(IReadOnlyList<RecurrentRow> left, string leftOut)
    {
        bool Leaves(GpuSpec card) => left.Any(row => leftOut == "cards" ? row.Card == card : row.Card.Architecture == card.Architecture);
        var time = CnnFit.Run([.. _times.Where(row => !Leaves(row.Card))], [.. _products.Where(row => !Leaves(row.Card))]).Values;
        return [.. _stacks.Where(row => !Leaves(row.Card)).Select(row => TranslationFit.Residual(row, time))];
    }

    /// <summary>Steps of stacked LSTMs with their cards left out: by constants that no such step had a part in,
    /// and by those that the other cards' steps had a part in.</summary>
    private void Translations()
    {
        var rows = _stacks;
        var cards = rows.Select(row => row.Card.Name).Distinct().ToList();
        var residuals = new (double Without, double With)[rows.Count];
        var effective = new ConcurrentBag<(double Without, double With)>();
        Parallel.ForEach(cards, card =>
        {
            var products = CnnFit.Run([.. _times.Where(row => row.Card.Name != card)], [.. _products.Where(row => row.Card.Name != card)]);
            var time = products.Values;
            List<RecurrentRow> layers = [.. _recurrent.Where(row => row.Card.Name != card)];
            List<TranslationRow> stacks = [.. rows.Where(row => row.Card.Name != card)];
            var without = RecurrentFit.Run(layers);
            var with = RecurrentFit.Run(layers, [.. stacks.Select(row => TranslationFit.Residual(row, time))]);
            effective.Add((products.EffectiveCount + without.EffectiveCount, products.EffectiveCount + with.EffectiveCount));
            var (anchorsWithout, anchorsWith) = (new RecurrentAnchors(RecurrentFit.Anchors(layers, without.Values)),
                new RecurrentAnchors(RecurrentFit.Anchors(layers, with.Values)));
            for (var i = 0; i < rows.Count; i++)
            {
                if (rows[i].Card.Name == card)
                    residuals[i] = (TranslationFit.Residual(rows[i], time, anchorsWithout)(without.Values),
                        TranslationFit.Residual(rows[i], time, anchorsWith)(with.Values));
            }
        });
        foreach (var (leftOut, value) in new (string, Func<(double Without, double With), double>)[] {
            ("cards, and all stacks", r => r.Without), ("cards", r => r.With) })
        {
            List<Residual> all = [.. rows.Select((row, i) => new Residual(row.ToString(), row.Card.Name, row.Group, value(residuals[i])))];
            foreach (var group in all.GroupBy(r => r.Kind))
                Groups.Add(ErrorGroup.Of(group.Key, leftOut, all, group,
                    (TimeConstants.Table.Definitions.Count + RecurrentConstants.Table.Definitions.Count, effective.Average(value))));
            Rankings.Add(Ranking.Of($"GNMT stacks of LSTM, left out: {leftOut}",
                rows.Select((row, i) => (row.Group, row.Card.Name, row.Seconds / row.Batch, value(residuals[i])))));
        }
    }

    private void LeftRecurrent(string leftOut, Func<RecurrentRow, string> key, string place)
    {
        var (formula, anchored, effective) = RecurrentFit.Leave(_recurrent, key, left => Stacks(left, leftOut));
        foreach (var (name, values, aim) in new[] { ("RNN, LSTM, GRU layers, formula alone", formula, (double?)null),
            ("RNN, LSTM, GRU layers", anchored, leftOut == "cards" ? Aims.Recurrent : null) })
        {
            List<Residual> all = [.. _recurrent.Select((row, i) =>
                new Residual(row.ToString(), key(row), row.IsTraining ? "recurrent.training" : "recurrent.inference", values[i]))];
            Groups.Add(ErrorGroup.Of(name, leftOut, all, all, (RecurrentConstants.Table.Definitions.Count, effective), aim));
            if (values == anchored) AddIntervals(place, all);
            if (values == anchored && leftOut == "architectures")
                OtherVendor = Intervals.OtherVendor(
                    [.. all.Zip(_recurrent).Where(p => p.Second.Card.Vendor == GpuVendor.Nvidia).Select(p => p.First)],
                    [.. all.Zip(_recurrent).Where(p => p.Second.Card.Vendor != GpuVendor.Nvidia).Select(p => p.First)]);
        }

        if (leftOut == "cards")
            Rankings.Add(Ranking.Of("RNN, LSTM, GRU layers",
                _recurrent.Select((row, i) => (row with { Card = _recurrent[0].Card, Seconds = 0 }, row, anchored[i]))
                    .Where(p => p.row.Precision == NumberFormat.Float32)
                    .Select(p => (p.Item1.ToString(), p.row.Card.Name, p.row.Seconds, p.Item3)),
                least: 4));
    }
}

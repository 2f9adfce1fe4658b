using DeepGpu.Hardware;

namespace DeepGpu.Forecasts;

/// <summary>Forecasts steps of stacked LSTMs: products and passes by the constants of CNNs,
/// recurrences by those of recurrent layers.</summary>
internal static class TranslationFit
{
    /// <summary>The logarithm of forecast over measured, as a function of the constants of recurrent layers.</summary>
    /// <param name="row">The row.</param>
    /// <param name="time">The constants of products and passes.</param>
    /// <param name="anchors">What measured layers of like shape add.</param>
    public static Func<double[], double> Residual(TranslationRow row, double[] time, RecurrentAnchors? anchors = null)
    {
        var (work, card, measured) = (row.Work, CardFigures.Of(row.Card)!, Math.Log(row.Seconds));
        var model = new StepTimeModel(work, card, time);
        var merged = work.Merged().Operations.Sum(operation => model.TimeOf(operation).Sum) + model.OptimizerSeconds(updates: true);
        List<(Recurrence Shape, int Steps, double Factor, int Count)> layers = [.. Layers(work, card, anchors ?? RecurrentAnchors.None)];
        return constants =>
        {
            var recurrent = new RecurrentTimeModel(card, row.Precision, constants);
            var seconds = merged
                + layers.Sum(layer => layer.Count * layer.Factor * recurrent.Seconds(layer.Shape, layer.Steps, isTraining: true));
            return Math.Log(StepTimeModel.Together(seconds, model.HostSeconds)) - measured;
        };
    }

    private static IEnumerable<(Recurrence Shape, int Steps, double Factor, int Count)> Layers(StepWork work,
        CardFigures card, RecurrentAnchors anchors)
        => work.Operations.Where(operation => operation.Operation.Recurrence is not null)
            .GroupBy(operation => (Shape: operation.Operation.Recurrence!, Steps: operation.Operation.SequentialSteps))
            .Select(same => (same.Key.Shape, same.Key.Steps, Math.Exp(-anchors.Excess(new(same.Key.Shape.Gates, same.Key.Shape.Units,
                same.Key.Shape.Rows, same.Key.Steps, true, work.Workload.IsHalf, card.Generation))), same.Count()));
}

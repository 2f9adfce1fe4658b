using DeepGpu.Hardware.Forecasting;

namespace DeepGpu.Forecasts.Transformers;

/// <summary>Time of training.</summary>
internal static class TrainingPart
{
    public static MeasuredPart<TrainingRow> Of(string file)
    {
        var rows = TrainingRows.Read(file);
        var few = LeftOut.OfFewCards(rows, row => row.Source, row => row.Card.Name);
        return new(new()
        {
            Name = "training",
            File = "transformer-training.json",
            Basis = "Measured times of steps of training transformers of public sources",
            Table = TransformerTrainingConstants.Table,
            Rows = rows,
            Residual = Residual,
            Shared = row => row.SourceKey,
            Crowd = 80,
            Card = row => row.Card.Name,
            CardFold = row => few.Contains(row.Source) ? row.Card.Name + row.Step.Model.Name : row.Card.Name,
            Family = row => row.Step.Model.Name,
            Source = row => row.Source,
            Measured = row => row.Seconds,
            Kinds = row => [$"training.{row.Recipe}", "training"],
            Setup = row => row.Step.Cards > 1 ? null
                : $"{row.Source}{row.Step.Model.Name}{row.Step.Precision}{row.Step.SequenceLength}{row.Step.Method}",
            Ordered = row => row.Seconds / row.Step.BatchSize,
            OrderAim = 95,
            Groups =
            [
                new("training, one card", 26, 20, r => r.Step.Cards == 1, Calculators.Training),
                new("pre-training of language models", 19, 14, r => r.IsPretraining, Calculators.Training),
            ],
        });
    }

    private static Func<double[], double> Residual(TrainingRow row)
    {
        var measured = Math.Log(row.Seconds);
        return c => Math.Log(TransformerTrainingLaw.Seconds(c, row.Step, row.Recipe, row.Card) ?? row.Seconds) - measured;
    }
}

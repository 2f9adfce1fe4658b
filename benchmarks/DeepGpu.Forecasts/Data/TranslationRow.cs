using System.Collections.Concurrent;
using System.Globalization;
using DeepGpu.Hardware;
using DeepGpu.Hardware.Forecasting;
using DeepGpu.Models;

namespace DeepGpu.Forecasts;

/// <summary>A measured training step of GNMT on one card. Adam updates, sentences are padded as <see cref="Gnmt"/> tells.</summary>
internal sealed record TranslationRow(NumberFormat Precision, GpuSpec Card, int Batch, double Seconds)
{
    private static readonly Lazy<ModelSpec> Spec = new(Gnmt.Build);

    private static readonly ConcurrentDictionary<(int, NumberFormat), StepWork> Works = new();

    public string Generation
        => Hardware.Forecasting.Generation.PlaceOf(Card) is >= 0 and var place
            ? Hardware.Forecasting.Generation.All[place].Name : Card.Architecture;

    public string Group
        => Precision == NumberFormat.Float16 ? "GNMT stacks of LSTM, training, mixed" : "GNMT stacks of LSTM, training, FP32/TF32";

    public StepWork Work
        => Works.GetOrAdd((Batch, Precision), key => StepWork.Of(Spec.Value.Training(key.Item1, key.Item2, optimizer: Optimizer.Adam())));

    /// <summary>The rows that name a card of the catalogue and the batch.</summary>
    public static IReadOnlyList<TranslationRow> Read(Measurements data) =>
        [.. CsvRow.Read(data.PathOf("headline_training.csv")).Where(row => row["model"].StartsWith("GNMT", StringComparison.Ordinal))
            .Select(Parse).OfType<TranslationRow>()];

    public override string ToString() => FormattableString.Invariant($"gnmt {Precision} b{Batch} on {Card.Name}: {Seconds * 1e3:0.0} ms");

    private static TranslationRow? Parse(CsvRow row)
    {
        var batches = row["batches"].Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (batches.Length == 0 || Measurements.Card(row["gpu"]) is not { } card) return null;
        var batch = (int)double.Parse(batches[batches.Length / 2], CultureInfo.InvariantCulture);
        var format = row["precision"] switch
        {
            "mixed" => NumberFormat.Float16,
            "TF32" => NumberFormat.TensorFloat32,
            _ => NumberFormat.Float32
        };
        return new(format, card, batch, batch * (double)Gnmt.TokensAPair / row.Number("median_value")!.Value);
    }
}

using System.Globalization;
using System.Text.RegularExpressions;
using DeepGpu.Hardware;
using DeepGpu.Hardware.Forecasting;

namespace DeepGpu.Forecasts;

/// <summary>A measured recurrent layer.</summary>
internal sealed partial record RecurrentRow(Recurrence Shape, int Steps, bool IsTraining,
    NumberFormat Precision, GpuSpec Card, double Seconds)
{
    private const string Source = "baidu-research";

    public string Generation
        => Hardware.Forecasting.Generation.PlaceOf(Card) is >= 0 and var place
            ? Hardware.Forecasting.Generation.All[place].Name : Card.Architecture;

    public RecurrentAnchor Anchor
        => new(Shape.Gates, Shape.Units, Shape.Rows, Steps, IsTraining, Precision == NumberFormat.Float16,
            Hardware.Forecasting.Generation.PlaceOf(Card));

    /// <summary>The measured layers: they skip the product with the inputs, as their rates show.</summary>
    public static IReadOnlyList<RecurrentRow> Read(Measurements data) =>
    [
        .. CsvRow.Read(data.PathOf("throughput_single_gpu.csv")).Where(row =>
            row["source"].StartsWith(Source, StringComparison.Ordinal) && !row["precision"].Contains("INT8", StringComparison.Ordinal))
            .Select(Parse).OfType<RecurrentRow>().GroupBy(row => (row.Shape, row.Steps, row.IsTraining, row.Precision, row.Card))
            .Select(same => same.First() with { Seconds = Statistics.Median(same.Select(row => row.Seconds)) }),
    ];

    public override string ToString()
        => FormattableString.Invariant($"{Shape.Gates} gates, {Shape.Units} units, {Steps} steps, batch {Shape.Rows}, ")
            + FormattableString.Invariant($"{(IsTraining ? "training" : "forward")} {Precision} on {Card.Name}: {Seconds * 1e3:0.0} ms");

    private static RecurrentRow? Parse(CsvRow row)
    {
        var match = LayerName().Match(row["model"]);
        if (!match.Success || Measurements.Card(row["gpu_catalogue_name"]) is not { } card) return null;
        var gates = match.Groups[1].Value switch { "vanilla" => 1, "GRU" => 3, _ => 4 };
        var shape = new Recurrence(gates, long.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture), 0,
            (long)row.Number("batch")!.Value);
        var format = row["precision"].StartsWith("FP16", StringComparison.Ordinal) ? NumberFormat.Float16 : NumberFormat.Float32;
        return new(shape, int.Parse(match.Groups[3].Value, CultureInfo.InvariantCulture), row["task"] == "training", format, card,
            row.Number("value")!.Value / 1e3);
    }

    [GeneratedRegex(@"^(\w+)(?: RNN)? layer h(\d+) t(\d+)")]
    private static partial Regex LayerName();
}

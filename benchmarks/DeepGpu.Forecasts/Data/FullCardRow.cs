using System.Globalization;
using System.Text.RegularExpressions;

namespace DeepGpu.Forecasts;

/// <summary>A training run whose batch was chosen to fill its card.
/// It ended well: its peak is an upper bound of the need, and near the memory a program gets.</summary>
internal sealed partial record FullCardRow(string Model, NumberFormat Precision, int? Batch, double Bytes, ByteSize Card)
{
    private const double Mebi = 1 << 20;

    /// <summary>The step; null where its network is none of those described here, or its batch is not told.</summary>
    public Workload? Training
        => Batch is { } batch && Networks.Has(Model) ? Networks.Workload(Model, WorkloadTask.Training, batch, Precision) : null;

    public static IReadOnlyList<FullCardRow> Read(Measurements data) =>
    [
        .. CsvRow.Read(data.PathOf("vram_peak.csv"))
            .Select(row => (Row: row, Size: CardSize().Match(row["quality_flag"]))).Where(p => p.Size.Success)
            .Select(p => new FullCardRow(p.Row["model"], p.Row["precision"] == "FP32" ? NumberFormat.Float32 : NumberFormat.Float16,
                (int?)p.Row.Number("batch"), p.Row.Number("value")!.Value * Mebi,
                ByteSize.FromGibibytes(double.Parse(p.Size.Groups[1].Value, CultureInfo.InvariantCulture)))),
    ];

    /// <summary>The share of the nominal memory that the fullest run of each size of card reached; the least of these shares.</summary>
    public static double UsableShare(IEnumerable<FullCardRow> rows)
        => rows.GroupBy(row => row.Card).Min(size => size.Max(row => row.Bytes) / size.Key.Bytes);

    [GeneratedRegex(@"tuned to fill a (\d+) GB card")]
    private static partial Regex CardSize();
}

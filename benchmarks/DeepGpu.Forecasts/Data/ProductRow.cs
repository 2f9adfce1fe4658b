using System.Globalization;
using System.Text.RegularExpressions;
using DeepGpu.Hardware;
using DeepGpu.Hardware.Forecasting;
using DeepGpu.Models;

namespace DeepGpu.Forecasts;

/// <summary>A measured matrix product: what dense layers are. Whole CNNs have too little of it to tell its rate.</summary>
internal sealed partial record ProductRow(int Rows, int Columns, int Depth, NumberFormat Precision, GpuSpec Card, double Seconds)
{
    /// <summary>Smaller products depend on how a library splits them, which the formula does not follow.</summary>
    private const double LeastFlops = 4e9;

    private static readonly Dictionary<string, string> Cards = new()
    {
        ["NV_TitanX"] = "GeForce GTX TITAN X (Maxwell)",
        ["NV_1080Ti"] = "GeForce GTX 1080 Ti",
        ["NV_TitanXp"] = "TITAN Xp",
        ["NV_V100"] = "Tesla V100 SXM2 16GB"
    };

    public StepWork Work => StepWork.Of(Sequential.Input(Depth).Dense(Rows, useBias: false).Build().Inference(Columns, Precision));

    /// <summary>The large products of NVIDIA cards whose names tell the card, in single precision and,
    /// where there are units for it, in half.</summary>
    public static IReadOnlyList<ProductRow> Read(Measurements data) =>
    [
        .. CsvRow.Read(data.PathOf("ops_deepbench.csv")).Where(row => row["op"] == "gemm" && Cards.ContainsKey(row["gpu"]))
            .Select(Parse).OfType<ProductRow>()
            .Where(row => 2.0 * row.Rows * row.Columns * row.Depth >= LeastFlops),
    ];

    private static ProductRow? Parse(CsvRow row)
    {
        var (shape, card) = (Shape().Match(row["shape"]), GpuCatalog.Default.Find(Cards[row["gpu"]]));
        var isHalf = row["sheet"].Contains("Mixed", StringComparison.Ordinal);
        if (!shape.Success || (isHalf && card.Float16MatrixRate is null)) return null;
        return new(Int(1), Int(2), Int(3), isHalf ? NumberFormat.Float16 : NumberFormat.Float32, card, row.Number("value_ms")!.Value / 1e3);

        int Int(int group) => int.Parse(shape.Groups[group].Value, CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"M=(\d+) N=(\d+) K=(\d+)")]
    private static partial Regex Shape();
}

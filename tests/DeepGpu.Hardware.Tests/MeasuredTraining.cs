using System.Globalization;
using DeepGpu.Testing;

namespace DeepGpu.Hardware.Tests;

/// <summary>Published training throughput of single cards, and how orders compare.</summary>
internal static class MeasuredTraining
{
    /// <summary>One measured figure.</summary>
    public sealed record Row(string Model, string Precision, string Gpu, double Value);

    public static IReadOnlyList<Row> Rows() =>
    [
        .. File.ReadLines(ReferenceData.Path("measurements", "headline_training.csv")).Skip(1).Select(Csv)
            .Select(cells => new Row(cells[0], cells[1], cells[2], double.Parse(cells[3], CultureInfo.InvariantCulture))),
    ];

    /// <summary>"FP32" rows are of cards without TF32; "mixed" and "FP16" both multiply in half precision.</summary>
    public static NumberFormat Format(string precision) => precision switch
    {
        "FP32" => NumberFormat.Float32,
        "TF32" => NumberFormat.TensorFloat32,
        _ => NumberFormat.Float16,
    };

    /// <summary>Spearman's rank correlation, equal values sharing their mean rank.</summary>
    public static double Spearman(IReadOnlyList<double> first, IReadOnlyList<double> second)
    {
        var (a, b) = (Ranks(first), Ranks(second));
        var (meanA, meanB) = (a.Average(), b.Average());
        var covariance = a.Zip(b, (x, y) => (x - meanA) * (y - meanB)).Sum();
        return covariance / Math.Sqrt(a.Sum(x => (x - meanA) * (x - meanA)) * b.Sum(y => (y - meanB) * (y - meanB)));
    }

    /// <summary>The cells of a line; quoted cells may hold commas.</summary>
    public static string[] Csv(string line)
    {
        var (cells, cell, quoted) = (new List<string>(), new System.Text.StringBuilder(), false);
        foreach (var c in line)
        {
            if (c == '"') quoted = !quoted;
            else if (c == ',' && !quoted) { cells.Add(cell.ToString()); cell.Clear(); }
            else cell.Append(c);
        }

        return [.. cells, cell.ToString()];
    }

    private static double[] Ranks(IReadOnlyList<double> values)
        => [.. values.Select(value => values.Count(v => v < value) + (values.Count(v => v == value) + 1) / 2.0)];
}

using System.Globalization;

namespace DeepGpu.Training;

/// <summary>Tables as text, the columns on the right of their width. Names of classes may come from files and are made printable.</summary>
internal static class TextTable
{
    public static string Write(IReadOnlyList<string[]> rows)
    {
        rows = [.. rows.Select(row => Array.ConvertAll(row, PrintableText.Of))];
        var widths = Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length)).ToList();
        return string.Join('\n', rows.Select(row => string.Join("  ", row.Select((cell, column) => cell.PadLeft(widths[column])))));
    }

    /// <summary>A share with three decimals.</summary>
    public static string Share(double value) => value.ToString("F3", CultureInfo.InvariantCulture);

    /// <summary>A count, or a weight with up to three decimals.</summary>
    public static string Count(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);
}

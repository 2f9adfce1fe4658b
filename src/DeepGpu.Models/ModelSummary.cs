using System.Globalization;
using System.Text;

namespace DeepGpu.Models;

/// <summary>Lays a model out as a text table, the columns Keras's summary has.</summary>
internal static class ModelSummary
{
    private static readonly string[] Titles = ["Layer (type)", "Output shape", "Parameters"];

    public static string Format(ModelSpec spec)
    {
        var rows = spec.Layers.Select(Row).ToList();
        var widths = Titles.Select((title, column) => rows.Select(row => row[column].Length).Append(title.Length).Max()).ToArray();
        var text = new StringBuilder($"Model: \"{spec.Name}\"\n");
        text.Append(Line(Titles, widths)).Append(new string('-', widths.Sum() + 2 * (widths.Length - 1))).Append('\n');
        foreach (var row in rows) text.Append(Line(row, widths));
        return text.Append('\n').Append(Totals(spec)).ToString();
    }

    private static string[] Row(ModelNode node)
        => [$"{node.Name} ({node.Layer.GetType().Name})", string.Join(", ", node.OutputShapes), node.ParameterCount.ToString("N0", CultureInfo.InvariantCulture)];

    private static string Line(string[] cells, int[] widths)
        => string.Join("  ", cells.Select((cell, column) => column == cells.Length - 1 ? cell.PadLeft(widths[column]) : cell.PadRight(widths[column]))) + '\n';

    private static string Totals(ModelSpec spec)
        => Total("Total parameters", spec.ParameterCount)
        + Total("Trainable", spec.TrainableParameterCount)
        + Total("Non-trainable", spec.ParameterCount - spec.TrainableParameterCount);

    private static string Total(string name, long count)
        => string.Create(CultureInfo.InvariantCulture, $"{name}: {count:N0} ({ByteSize.FromBytes(4 * count)})\n");
}

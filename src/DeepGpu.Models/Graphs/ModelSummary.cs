using System.Globalization;
using System.Text;

namespace DeepGpu.Models.Graphs;

/// <summary>Lays a model out as a text table, the columns Keras's summary has.</summary>
internal static class ModelSummary
{
    private const int CountColumn = 2;

    public static string Format(ModelSpec spec)
    {
        var links = IsChain(spec) ? null : new Connections(spec);
        string[] titles = links is null
            ? ["Layer (type)", "Output shape", "Parameters"]
            : ["Layer (type)", "Output shape", "Parameters", "Connected to"];
        List<string[]> rows = [.. spec.Layers.Select(node => Row(node, links))];
        int[] widths = [.. titles.Select((title, column) => rows.Select(row => row[column].Length).Append(title.Length).Max())];
        var text = new StringBuilder($"Model: \"{spec.Name}\"\n");
        text.Append(Line(titles, widths)).Append('-', widths.Sum() + 2 * (widths.Length - 1)).Append('\n');
        foreach (var row in rows) text.Append(Line(row, widths));
        return text.Append('\n').Append(Totals(spec)).ToString();
    }

    /// <summary>Whether each layer takes just the output of the one before it.</summary>
    private static bool IsChain(ModelSpec spec)
        => spec.Nodes.Count == spec.Layers.Count
        && spec.Nodes.Select((node, i) =>
            node.Mask is null && node.Inputs.Count == Math.Min(i, 1) && node.Inputs.All(input => input.Node == spec.Nodes[i - 1]))
            .All(fits => fits);

    private static string[] Row(ModelNode node, Connections? links)
    {
        string[] cells = [$"{node.Name} ({node.Type})", string.Join(", ", node.OutputShapes),
            node.ParameterCount.ToString("N0", CultureInfo.InvariantCulture)];
        return links is null ? cells : [.. cells, links.Of(node)];
    }

    private static string Line(string[] cells, int[] widths)
        => string.Join("  ",
            cells.Select((cell, column) => column == CountColumn ? cell.PadLeft(widths[column]) : cell.PadRight(widths[column]))).TrimEnd()
            + '\n';

    private static string Totals(ModelSpec spec)
        => Total("Total parameters", spec.ParameterCount)
        + Total("Trainable", spec.TrainableParameterCount)
        + Total("Non-trainable", spec.ParameterCount - spec.TrainableParameterCount);

    private static string Total(string name, long count)
        => string.Create(CultureInfo.InvariantCulture, $"{name}: {count:N0} ({ByteSize.FromBytes(4 * count)})\n");

    /// <summary>What each layer's calls take, in words.</summary>
    private sealed class Connections(ModelSpec spec)
    {
        private readonly Dictionary<string, List<ModelNode>> _calls = spec.Nodes.GroupBy(node => node.Name)
            .ToDictionary(calls => calls.Key, calls => calls.OrderBy(node => node.Sequence).ToList(), StringComparer.Ordinal);

        public string Of(ModelNode layer)
            => string.Join(", ",
                _calls[layer.Name].SelectMany(call => call.Mask is { } mask ? call.Inputs.Append(mask) : call.Inputs).Select(Name));

        /// <summary>A layer's name; with the call and the output in Keras's brackets where there are several.</summary>
        private string Name(NodeOutput output)
        {
            var calls = _calls[output.Node.Name];
            return calls.Count == 1 && output.Node.OutputShapes.Count == 1
                ? output.Node.Name
                : $"{output.Node.Name}[{calls.IndexOf(output.Node)}][{output.Index}]";
        }
    }
}

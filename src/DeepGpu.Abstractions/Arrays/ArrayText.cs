using System.Globalization;
using System.Net;
using System.Text;

namespace DeepGpu.Arrays;

/// <summary>Arrays as text for people: type, shape and values, the middle of long axes left out.</summary>
internal static class ArrayText
{
    private const int MostLines = 20;
    private const int MostEdge = 3;
    private const string Gap = "...";

    /// <summary>At most 20 lines: type and shape, then a line for each row.</summary>
    public static string Of(NDArray array)
    {
        List<string> rows = [];
        for (var edge = MostEdge; edge > 0 && (rows.Count == 0 || rows.Count >= MostLines); edge--) rows = Rows(array, edge);
        if (rows.Count >= MostLines) rows = [.. rows.Take(MostLines - 2), Gap];
        return rows is [var only] && array.Rank < 2 ? $"{array.TypeAndShape} {only}"
            : string.Join(Environment.NewLine, rows.Prepend(array.TypeAndShape));
    }

    /// <summary>A table of an array of one or two axes; the text of others.</summary>
    public static string Html(NDArray array)
    {
        if (array.Rank is 0 or > 2 || array.ElementCount == 0) return $"<pre>{WebUtility.HtmlEncode(Of(array))}</pre>";
        var (rows, columns) = array.Rank == 1 ? (1, array.Shape[0]) : (array.Shape[0], array.Shape[1]);
        var html = new StringBuilder($"<p>{array.TypeAndShape}</p><table>");
        foreach (var row in Shown(rows, 10))
        {
            html.Append("<tr>");
            foreach (var column in Shown(columns, 10))
                html.Append(CultureInfo.InvariantCulture,
                    $"<td>{(row < 0 || column < 0 ? Gap : ArrayElements.Text(array, (long)row * columns + column))}</td>");
            html.Append("</tr>");
        }

        return html.Append("</table>").ToString();
    }

    private static List<string> Rows(NDArray array, int edge)
    {
        List<string> rows = [];
        if (array.ElementCount == 0) return ["[]"];
        Write(array, 0, 0, edge, "", rows);
        return rows;
    }

    /// <summary>Writes what lies at a place of the first axes; the brackets that are open stand before it.</summary>
    private static void Write(NDArray array, int axis, long start, int edge, string open, List<string> rows)
    {
        if (axis >= array.Rank - 1)
        {
            rows.Add(open + Line(array, start, edge));
            return;
        }

        var (length, first) = (Stride(array, axis), true);
        foreach (var index in Shown(array.Shape[axis], edge))
        {
            var indent = first ? open + "[" : new string(' ', open.Length + 1);
            if (index < 0) rows.Add(indent + Gap);
            else Write(array, axis + 1, start + index * length, edge, indent, rows);
            first = false;
        }

        rows[^1] += "]";
    }

    private static string Line(NDArray array, long start, int edge)
        => array.Rank == 0 ? ArrayElements.Text(array, 0)
            : $"[{string.Join(", ", Shown(array.Shape[^1], edge).Select(i => i < 0 ? Gap : ArrayElements.Text(array, start + i)))}]";

    private static long Stride(NDArray array, int axis)
        => array.Shape.Skip(axis + 1).Aggregate(1L, (product, length) => product * length);

    /// <summary>The places of an axis that are shown; -1 stands for those left out.</summary>
    private static IEnumerable<int> Shown(int length, int edge)
        => length <= 2 * edge + 1 ? Enumerable.Range(0, length)
            : [.. Enumerable.Range(0, edge), -1, .. Enumerable.Range(length - edge, edge)];
}

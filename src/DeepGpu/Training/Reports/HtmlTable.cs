using System.Net;
using System.Text;

namespace DeepGpu.Training;

/// <summary>Tables as HTML, the first row a heading. Names may come from files: they stand for themselves.</summary>
internal static class HtmlTable
{
    public static string Write(IReadOnlyList<IReadOnlyList<string>> rows)
    {
        var html = new StringBuilder("<table>");
        for (var row = 0; row < rows.Count; row++)
        {
            html.Append("<tr>");
            foreach (var cell in rows[row]) html.Append(row == 0 ? "<th>" : "<td>").Append(Text(cell)).Append(row == 0 ? "</th>" : "</td>");
            html.Append("</tr>");
        }

        return html.Append("</table>").ToString();
    }

    /// <summary>A text that stands for itself, whatever is in it.</summary>
    public static string Text(string text) => WebUtility.HtmlEncode(PrintableText.Of(text));
}

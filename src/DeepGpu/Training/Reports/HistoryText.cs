using System.Globalization;
using System.Text;

namespace DeepGpu.Training;

/// <summary>A history as a table, and as HTML with curves.</summary>
internal static class HistoryText
{
    private const int MostRows = 14;
    private const int MostNotes = 3;
    private const int MostNames = 12;
    private const int MostPoints = 100;

    public static string Of(History history)
    {
        if (history.Epochs == 0) return "No epoch was measured.";
        List<string> lines = [.. TextTable.Write(Rows(history)).Split('\n'), .. history.Notes.Take(MostNotes).Select(PrintableText.Of)];
        if (history.Notes.Count > MostNotes) lines.Add(string.Create(CultureInfo.InvariantCulture,
            $"{history.Notes.Count - MostNotes} more notes."));
        return string.Join(Environment.NewLine, lines);
    }

    public static string Html(History history)
    {
        if (history.Epochs == 0) return "<p>No epoch was measured.</p>";
        var html = new StringBuilder();
        foreach (var name in Shown(history).Where(name => !name.StartsWith("val_", StringComparison.Ordinal)).Take(MostNames / 2))
            html.Append(Curve(history, name));
        html.Append(HtmlTable.Write(Rows(history)));
        foreach (var note in history.Notes.Take(MostNotes)) html.Append("<p>").Append(HtmlTable.Text(Short(note))).Append("</p>");
        return html.ToString();
    }

    /// <summary>A heading, the first and the last epochs.</summary>
    private static List<string[]> Rows(History history)
    {
        string[] names = [.. Shown(history)];
        List<string[]> rows = [["epoch", .. names.Select(Short)]];
        foreach (var epoch in Epochs(history.Epochs))
            rows.Add(epoch < 0 ? [.. Enumerable.Repeat("...", names.Length + 1)] : [(epoch + 1).ToString(CultureInfo.InvariantCulture),
                .. names.Select(name => epoch < history[name].Count ? MeasuredNames.Text(history[name][epoch]) : "")]);
        return rows;
    }

    private static IEnumerable<string> Shown(History history) => history.Names.Take(MostNames);

    private static IEnumerable<int> Epochs(int count)
        => count <= MostRows ? Enumerable.Range(0, count)
            : [.. Enumerable.Range(0, MostRows / 2), -1, .. Enumerable.Range(count - MostRows / 2 + 1, MostRows / 2 - 1)];

    private static string Short(string text) => text.Length <= 200 ? text : text[..197] + "...";

    /// <summary>A small curve of training, and of validation where it was measured.</summary>
    private static string Curve(History history, string name)
    {
        var (training, validation) = (history[name], history.Names.Contains($"val_{name}") ? history[$"val_{name}"] : []);
        double[] finite = [.. training.Concat(validation).Where(double.IsFinite)];
        if (finite.Length == 0) return "";
        var (low, high) = (finite.Min(), finite.Max());
        return $"<figure><figcaption>{HtmlTable.Text(Short(name))}{(validation.Count > 0 ? " (dashed: validation)" : "")}, "
            + $"{MeasuredNames.Text(low)} to {MeasuredNames.Text(high)}</figcaption>"
            + "<svg viewBox=\"0 0 320 120\" width=\"320\" height=\"120\">"
            + Line(training, low, high, "") + Line(validation, low, high, " stroke-dasharray=\"4 3\"") + "</svg></figure>";
    }

    private static string Line(IReadOnlyList<double> values, double low, double high, string dashes)
    {
        if (values.Count == 0) return "";
        var step = Math.Max(1, (values.Count + MostPoints - 1) / MostPoints);
        var points = Enumerable.Range(0, values.Count).Where(i => (i % step == 0 || i == values.Count - 1) && double.IsFinite(values[i]))
            .Select(i => string
                .Create(CultureInfo.InvariantCulture, $"{5 + 310.0 * i / Math.Max(1, values.Count - 1):0.#},{Height(values[i]):0.#}"));
        return $"<polyline fill=\"none\" stroke=\"steelblue\" stroke-width=\"1.5\"{dashes} points=\"{string.Join(' ', points)}\"/>";

        double Height(double value) => high > low ? 115 - 110 * (value - low) / (high - low) : 60;
    }
}

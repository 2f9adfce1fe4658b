using System.Globalization;
using System.Net;
using System.Text;

namespace DeepGpu.Visuals.Reports;

/// <summary>The page of a training.</summary>
internal static class ReportPage
{
    private static readonly Lazy<string> Template = new(Load);

    public static string Of(History history, string title, IReadOnlyDictionary<string, Picture> pictures)
    {
        var parts = new Dictionary<string, string>
        {
            ["title"] = Text(title),
            ["summary"] = Text(Summary(history)),
            ["settings"] = string.Join("\n", history.Settings.Select(setting => Row("td", [setting.Key, setting.Value]))),
            ["pictures"] = string.Join("\n", Curves(history).Concat(pictures).Select(picture => Figure(picture.Key, picture.Value))),
            ["values"] = Values(history),
            ["notes"] = history.Notes.Count == 0 ? ""
                : $"<h2>Notes</h2>\n<ul>{string.Concat(history.Notes.Select(note => $"<li>{Text(note)}</li>"))}</ul>",
        };
        return Filled(parts);
    }

    private static string Summary(History history)
    {
        if (history.Epochs == 0) return "No epoch was measured.";
        var last = string
            .Join(", ", history.Names.Where(name => history[name].Count > 0).Select(name => $"{name} {Number(history[name][^1])}"));
        return string.Create(CultureInfo.InvariantCulture, $"{history.Epochs} epochs; the last: {last}.");
    }

    /// <summary>A curve for each figure that was measured in training, its validation in it.</summary>
    private static IEnumerable<KeyValuePair<string, Picture>> Curves(History history)
        => history.Names.Where(name => history.Epochs > 0
                && !(name.StartsWith("val_", StringComparison.Ordinal) && history.Names.Contains(name["val_".Length..])))
            .Select(name => KeyValuePair.Create(name, TrainingCharts.LearningCurve(history, name)));

    private static string Figure(string caption, Picture picture)
        => $"<figure><figcaption>{Text(caption)}</figcaption>{picture.ToHtml()}</figure>";

    private static string Values(History history)
    {
        var rows = new StringBuilder(Row("th", ["epoch", .. history.Names]));
        for (var epoch = 0; epoch < history.Epochs; epoch++)
            rows.Append('\n').Append(Row("td", [(epoch + 1).ToString(CultureInfo.InvariantCulture),
                .. history.Names.Select(name => epoch < history[name].Count ? Number(history[name][epoch]) : "")]));
        return rows.ToString();
    }

    private static string Row(string cell, IEnumerable<string> texts)
        => $"<tr>{string.Concat(texts.Select(text => $"<{cell}>{Text(text)}</{cell}>"))}</tr>";

    private static string Number(double value) => value.ToString("G5", CultureInfo.InvariantCulture);

    /// <summary>A text that stands for itself, whatever is in it.</summary>
    private static string Text(string text) => WebUtility.HtmlEncode(PrintableText.Of(text));

    /// <summary>Every place of the template filled once: what is filled in is not looked through again.</summary>
    private static string Filled(Dictionary<string, string> parts)
    {
        var pieces = Template.Value.Split("{{");
        var page = new StringBuilder(pieces[0]);
        foreach (var piece in pieces.Skip(1))
        {
            var end = piece.IndexOf("}}", StringComparison.Ordinal);
            page.Append(parts[piece[..end]]).Append(piece.AsSpan(end + 2));
        }

        return page.ToString();
    }

    private static string Load()
    {
        using var stream = typeof(ReportPage).Assembly.GetManifestResourceStream("report/report.html")!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}

using Measures;

namespace DeepGpu.Architecture.Tests;

/// <summary>Which folders of a project use which others, by "Project/Folder"; a folder that uses none has no row.</summary>
internal sealed class FolderTable(IReadOnlyDictionary<string, string[]> rows)
{
    private readonly HashSet<(string From, string To)> _arrows = [.. rows.SelectMany(row => row.Value.Select(to => (row.Key, to)))];

    /// <summary>The table of the code as it is.</summary>
    public static FolderTable Of(IEnumerable<FolderUse> uses)
        => new(uses.GroupBy(use => $"{Path.GetFileName(use.From.Project)}/{use.From.Folder}").ToDictionary(
            folder => folder.Key, folder => folder.Select(use => use.To).Distinct().Order(StringComparer.Ordinal).ToArray()));

    /// <summary>Arrows of this table that another has not.</summary>
    public IEnumerable<string> Without(FolderTable other)
        => _arrows.Except(other._arrows).Order().Select(arrow => $"{arrow.From} -> {arrow.To}");

    /// <summary>Sets of folders of a project that reach one another.</summary>
    public IEnumerable<string> Circles()
        => _arrows.GroupBy(arrow => arrow.From.Split('/')[0]).OrderBy(project => project.Key, StringComparer.Ordinal)
            .SelectMany(project => FolderCircles.Of([.. project.Select(arrow => (arrow.From.Split('/')[1], arrow.To))])
                .Select(circle => $"{project.Key}: {string.Join(", ", circle)}"));

    /// <summary>Rows, or folders of a row, that are not in the order of the alphabet.</summary>
    public IEnumerable<string> Unsorted() => rows.Where(row => !row.Value.SequenceEqual(row.Value.Order(StringComparer.Ordinal)))
        .Select(row => row.Key).Concat(rows.Keys.SequenceEqual(rows.Keys.Order(StringComparer.Ordinal)) ? [] : ["the rows"]);

    /// <summary>The rows as C#, to be pasted.</summary>
    public override string ToString() => string.Join('\n', rows.OrderBy(row => row.Key, StringComparer.Ordinal).Select(Row));

    /// <summary>Lines end at 140 columns.</summary>
    private static string Row(KeyValuePair<string, string[]> row)
    {
        const int Widest = 140;
        var text = $"        [\"{row.Key}\"] = [";
        var width = text.Length;
        foreach (var (index, folder) in row.Value.Index())
        {
            var item = $"\"{folder}\"" + (index < row.Value.Length - 1 ? "," : "],");
            var breaks = width + 1 + item.Length > Widest;
            (text, width) = breaks
                ? ($"{text}\n            {item}", 12 + item.Length)
                : ($"{text}{(index > 0 ? " " : "")}{item}", width + item.Length + (index > 0 ? 1 : 0));
        }

        return text;
    }
}

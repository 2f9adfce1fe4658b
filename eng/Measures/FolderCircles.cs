namespace Measures;

/// <summary>Circles between the folders of a project: sets of folders that reach one another.</summary>
internal static class FolderCircles
{
    private const int ShownArrows = 8, ShownNames = 3;

    public static Measure Find(SourceTree code)
    {
        List<string> circles = [.. FolderUse.In(code).GroupBy(use => use.From.Project)
            .SelectMany(project => Text(project.Key, [.. project.GroupBy(use => (use.From.Folder, use.To))]))];
        return new("circles of folders", circles.Count, 0, circles);
    }

    /// <summary>The circles that arrows make, each sorted.</summary>
    public static IEnumerable<IReadOnlyList<string>> Of(IReadOnlyCollection<(string From, string To)> arrows)
    {
        var reach = arrows.Select(arrow => arrow.From).Distinct().ToDictionary(folder => folder, folder => Reach(folder, arrows));
        bool AreTogether(string one, string other) => reach[one].Contains(other) && reach[other].Contains(one);
        return reach.Keys.Where(folder => reach[folder].Contains(folder))
            .GroupBy(folder => reach.Keys.Order(StringComparer.Ordinal).First(other => AreTogether(folder, other)))
            .Select(circle => (IReadOnlyList<string>)[.. circle.Order(StringComparer.Ordinal)]);
    }

    private static HashSet<string> Reach(string start, IReadOnlyCollection<(string From, string To)> arrows)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>([start]);
        while (open.TryPop(out var folder))
        {
            foreach (var arrow in arrows.Where(arrow => arrow.From == folder && found.Add(arrow.To))) open.Push(arrow.To);
        }

        return found;
    }

    /// <summary>Each circle with the arrows inside it, the thinnest first.</summary>
    private static IEnumerable<string> Text(string project, List<IGrouping<(string From, string To), FolderUse>> arrows)
        => Of([.. arrows.Select(arrow => arrow.Key)]).Select(circle => $"{project}: {string.Join(", ", circle)}\n"
            + string.Join('\n', arrows.Where(arrow => circle.Contains(arrow.Key.From) && circle.Contains(arrow.Key.To))
                .OrderBy(arrow => arrow.Count()).Take(ShownArrows).Select(arrow => $"         {Text(arrow)}")));

    private static string Text(IGrouping<(string From, string To), FolderUse> arrow)
        => $"{arrow.Key.From} -> {arrow.Key.To}: {arrow.Count()} names, "
            + string.Join(", ", arrow.Select(use => $"{use.Name} in {use.From.Name}").Distinct().Take(ShownNames));
}

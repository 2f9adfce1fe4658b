using System.Text;
using System.Text.RegularExpressions;

namespace Measures;

/// <summary>Widths of lines, lengths of files and functions; of generated files only the widths.</summary>
internal static partial class Sizes
{
    private const int WidestLine = 140, LongestFile = 250, FunctionMedian = 6, FunctionP95 = 15;

    public static Measure WideLines(SourceTree code) => Found($"lines over {WidestLine} columns", code.Files
        .SelectMany(file => file.Lines.Index().Where(line => IsWide(line.Item)).Select(line => $"{file.Path}:{line.Index + 1}")));

    public static Measure LongFiles(SourceTree code) => Found($"files over {LongestFile} lines", code.Files
        .Where(file => !file.IsGenerated && file.Lines.Count > LongestFile).Select(file => $"{file.Path}: {file.Lines.Count}"));

    public static Measure MedianFunction(SourceTree code)
        => new("median lines of a function in src", Percentile(Lengths(code.Written), 50), FunctionMedian, []);

    public static Measure LongFunctions(SourceTree code) => new(
        "95th percentile of the lines of a function in src, the longer ones below",
        Percentile(Lengths(code.Written), 95),
        FunctionP95,
        [.. code.Written.SelectMany(Functions.Of).Where(function => function.Lines > FunctionP95)
            .OrderByDescending(function => function.Lines).Select(function => $"{function.Place}: {function.Lines}")]);

    /// <summary>A row for every project, as a table of Markdown; percentiles by nearest rank.</summary>
    public static string Table(SourceTree code)
    {
        var text = new StringBuilder("| Project | Files | Lines | Lines of a file: median, p95, most | Functions | ")
            .AppendLine("Lines of a function: median, p95, most | Public + internal types |")
            .AppendLine("| --- | --- | --- | --- | --- | --- | --- |");
        foreach (var project in code.Files.GroupBy(file => file.Project)) text.AppendLine(Row(project.Key, [.. project]));
        return text.AppendLine(Row("all of src", [.. code.Product])).ToString();
    }

    private static string Row(string name, List<SourceFile> files)
    {
        List<int> lines = [.. files.Select(file => file.Lines.Count)];
        var functions = Lengths(files);
        var types = files.SelectMany(FileNames.TypesOf).ToLookup(FileNames.IsPublic);
        return $"| {name} | {files.Count} | {lines.Sum()} | {Spread(lines)} | {functions.Count} | {Spread(functions)} | "
            + $"{types[true].Count()} + {types[false].Count()} |";
    }

    private static Measure Found(string name, IEnumerable<string> places) => new(name, places.Count(), 0, [.. places]);

    private static List<int> Lengths(IEnumerable<SourceFile> files)
        => [.. files.SelectMany(Functions.Of).Select(function => function.Lines)];

    private static string Spread(List<int> values) => $"{Percentile(values, 50)}, {Percentile(values, 95)}, {Percentile(values, 100)}";

    private static int Percentile(List<int> values, int percent)
        => values.Count == 0 ? 0 : values.Order().ElementAt(Math.Max(0, (int)Math.Ceiling(values.Count * percent / 100.0) - 1));

    private static bool IsWide(string line) => line.TrimEnd('\r').Length > WidestLine && !UrlAlone().IsMatch(line);

    [GeneratedRegex(@"^\s*(//+)?\s*https?://\S+$")]
    private static partial Regex UrlAlone();
}

using System.Text;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Measures;

/// <summary>Widths of lines, lengths of files and functions.</summary>
internal static partial class Sizes
{
    private const int WidestLine = 140, LongestFile = 250, LongFunctionP95 = 15, FunctionMedian = 6;

    public static Measure WideLines(SourceTree code)
    {
        var wide = code.Files.SelectMany(file => file.Lines.Index().Where(line => IsWide(line.Item)).Select(line => $"{file.Path}:{line.Index + 1}"));
        return Found($"lines over {WidestLine} columns", [.. wide]);
    }

    public static Measure LongFiles(SourceTree code)
        => Found($"files over {LongestFile} lines", [.. code.Files.Where(file => file.Lines.Count > LongestFile).Select(file => $"{file.Path}: {file.Lines.Count}")]);

    public static Measure MedianFunction(SourceTree code) => new("median lines of a function in src", Percentile(Lengths(code), 50), FunctionMedian, []);

    public static Measure LongFunctions(SourceTree code)
    {
        var longest = code.Product.SelectMany(Functions.Of).OrderByDescending(function => function.Lines).Take(5);
        return new("95th percentile of lines of a function in src", Percentile(Lengths(code), 95), LongFunctionP95,
            [.. longest.Select(function => $"{function.Place}: {function.Lines}")]);
    }

    public static string Table(SourceTree code)
    {
        var text = new StringBuilder("| Project | Files | Lines | Lines/file median, p95, max | Functions | Function lines median, p95, max | Public + internal types |\n| --- | --- | --- | --- | --- | --- | --- |\n");
        foreach (var project in code.Files.GroupBy(file => file.Project)) text.AppendLine(Row(project.Key, [.. project]));
        return text.AppendLine(Row("all of src", [.. code.Product])).ToString();
    }

    private static string Row(string name, List<SourceFile> files)
    {
        List<int> lines = [.. files.Select(file => file.Lines.Count)], functions = [.. files.SelectMany(Functions.Of).Select(function => function.Lines)];
        var types = files.SelectMany(FileNames.TypesOf).ToList();
        return $"| {name} | {files.Count} | {lines.Sum()} | {Spread(lines)} | {functions.Count} | {Spread(functions)} | {types.Count(FileNames.IsPublic)} + {types.Count(type => !FileNames.IsPublic(type))} |";
    }

    private static Measure Found(string name, List<string> places) => new(name, places.Count, 0, places);

    private static List<int> Lengths(SourceTree code) => [.. code.Product.SelectMany(Functions.Of).Select(function => function.Lines)];

    private static string Spread(List<int> values) => $"{Percentile(values, 50)}, {Percentile(values, 95)}, {Percentile(values, 100)}";

    /// <summary>By nearest rank; 0 of none.</summary>
    private static int Percentile(List<int> values, int percent)
        => values.Count == 0 ? 0 : values.Order().ElementAt(Math.Max(0, (int)Math.Ceiling(values.Count * percent / 100.0) - 1));

    private static bool IsWide(string line) => line.TrimEnd('\r').Length > WidestLine && !UrlAlone().IsMatch(line);

    [GeneratedRegex(@"^\s*(//+|\*)?\s*https?://\S+$")]
    private static partial Regex UrlAlone();
}

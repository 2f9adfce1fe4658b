using System.Text.RegularExpressions;
using DeepGpu.Testing;

namespace DeepGpu.Architecture.Tests;

/// <summary>A document of the repository.</summary>
/// <param name="Path">Its path from the root.</param>
internal sealed partial record Document(string Path)
{
    private static readonly string[] Folders = ["", "docs", ".github", "benchmarks", "benchmarks/DeepGpu.Soak"];

    /// <summary>Every document that speaks of the repository as it is; the changelog speaks of the past.</summary>
    public static IEnumerable<string> All => Folders.SelectMany(folder => Directory.GetFiles(RepositoryFolder.Path(folder), "*.md"))
        .Select(path => System.IO.Path.GetRelativePath(RepositoryFolder.Root, path).Replace('\\', '/'))
        .Where(path => path != "CHANGELOG.md");

    public string Text { get; } = RepositoryFolder.Read(Path);

    /// <summary>Paths of the repository that it names: in links, commands and text. A name in angle brackets ends the path.</summary>
    public IEnumerable<string> Paths => PathFromRoot().Matches(Text).Select(match => match.Value.TrimEnd('.', '/'))
        .Concat(Link().Matches(Text).Select(match => System.IO.Path.Combine(Folder, match.Groups[1].Value)));

    /// <summary>The verbs of build.sh that it names.</summary>
    public IEnumerable<string> Verbs => Verb().Matches(Text).Select(match => match.Groups[1].Value).Distinct();

    /// <summary>Test classes that it names.</summary>
    public IEnumerable<string> TestClasses => TestClass().Matches(Text).Select(match => match.Groups[1].Value).Distinct();

    /// <summary>Test methods that it names, as Class.Method or as .Method.</summary>
    public IEnumerable<string> TestMethods => TestMethod().Matches(Text).Select(match => match.Groups[1].Value).Distinct();

    /// <summary>The text below each heading of a level, by the heading.</summary>
    public IReadOnlyDictionary<string, string> Sections(string level) => Text.Split($"\n{level} ").Skip(1)
        .ToDictionary(section => section.Split('\n')[0],
            section => section[section.IndexOf('\n', StringComparison.Ordinal)..].Split("\n## ")[0]);

    /// <summary>The names in backticks in a column of the tables of a text.</summary>
    public static IEnumerable<string> Names(string text, int column) => text.Split('\n').Where(line => line.StartsWith('|'))
        .SelectMany(line => Quoted().Matches(line.Split('|')[column]).Select(match => match.Groups[1].Value));

    private string Folder => System.IO.Path.GetDirectoryName(Path)!;

    [GeneratedRegex(@"(?<![\w./-])(src|tests|docs|eng|samples|benchmarks|\.github)/[\w./-]*\w")]
    private static partial Regex PathFromRoot();

    [GeneratedRegex(@"\]\(([^):#]+)(#[^)]*)?\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"\./build\.sh ([a-z]+)")]
    private static partial Regex Verb();

    [GeneratedRegex(@"`(\w+Tests)[.`]")]
    private static partial Regex TestClass();

    [GeneratedRegex(@"`(?:\w+Tests)?\.([A-Z]\w*_\w+)`")]
    private static partial Regex TestMethod();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Quoted();
}

using System.Text.RegularExpressions;
using DeepGpu.Testing;

namespace DeepGpu.Architecture.Tests;

/// <summary>The sources, as a person writes them.</summary>
internal static class Repository
{
    /// <summary>Hand-written C# files of the products that name something: those that were touched when it was added. What reads ONNX names
    /// layers too, where an operator is one; a new layer need not be.</summary>
    public static IReadOnlyList<string> Naming(string word)
        => [.. RepositoryFolder.Sources("src").Where(path => !path.Split('/', '\\').Any(part => part is "Generated" or "Onnx")
            && Names(path, word))
            .Select(path => Path.GetRelativePath(RepositoryFolder.Root, path))];

    /// <summary>Whether a test names something; these tests do not count.</summary>
    public static bool Tested(string word) => RepositoryFolder.Sources("tests")
        .Any(path => !path.Contains("Architecture.Tests", StringComparison.Ordinal) && Names(path, word));

    private static bool Names(string path, string word) => Regex.IsMatch(File.ReadAllText(path), $@"\b{Regex.Escape(word)}\b");
}

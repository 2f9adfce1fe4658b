using System.Text.RegularExpressions;
using DeepGpu.Testing;

namespace DeepGpu.Architecture.Tests;

/// <summary>The sources, as a person writes them.</summary>
internal static class Repository
{
    /// <summary>Hand-written C# files of the products that name something: those that were touched when it was added.</summary>
    public static IReadOnlyList<string> Naming(string word)
    {
        var whole = new Regex($@"\b{Regex.Escape(word)}\b");
        return [.. Written().Where(path => whole.IsMatch(File.ReadAllText(path)))
            .Select(path => Path.GetRelativePath(RepositoryFolder.Root, path))];
    }

    private static IEnumerable<string> Written() => RepositoryFolder.Sources("src")
        .Where(path => !path.Split('/', '\\').Contains("Generated"));
}

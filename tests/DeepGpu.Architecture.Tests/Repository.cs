using System.Text.RegularExpressions;

namespace DeepGpu.Architecture.Tests;

/// <summary>The sources, as a person writes them.</summary>
internal static class Repository
{
    private static readonly string Root = FindRoot();

    /// <summary>Hand-written C# files of the products that name something: those that were touched when it was added.</summary>
    public static IReadOnlyList<string> Naming(string word)
    {
        var whole = new Regex($@"\b{Regex.Escape(word)}\b");
        return [.. Files().Where(path => whole.IsMatch(File.ReadAllText(path))).Select(path => Path.GetRelativePath(Root, path))];
    }

    private static IEnumerable<string> Files() => Directory.EnumerateFiles(Path.Combine(Root, "src"), "*.cs", SearchOption.AllDirectories)
        .Where(path => !path.Split('/', '\\').Intersect(["obj", "bin", "Generated"]).Any());

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "DeepGpu.sln"))) return folder.FullName;
        }

        throw new InvalidOperationException("The tests run inside the repository.");
    }
}

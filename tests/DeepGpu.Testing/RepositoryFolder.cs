namespace DeepGpu.Testing;

/// <summary>The folder of the repository that the tests were built in: for tests of its documents, scripts and sources.</summary>
public static class RepositoryFolder
{
    /// <summary>The folder that holds DeepGpu.sln.</summary>
    public static string Root { get; } = Find();

    /// <summary>The path of a file or folder in it.</summary>
    public static string Path(params string[] parts) => System.IO.Path.Combine([Root, .. parts]);

    /// <summary>The text of a file in it, with line feeds alone.</summary>
    public static string Read(string path) => File.ReadAllText(Path(path)).ReplaceLineEndings("\n");

    /// <summary>The paths of all files of C# in a folder, without what was built.</summary>
    public static IEnumerable<string> Sources(string folder) => Directory.EnumerateFiles(Path(folder), "*.cs", SearchOption.AllDirectories)
        .Where(path => !System.IO.Path.GetRelativePath(Root, path).Split('/', '\\').Any(part => part is "bin" or "obj"));

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "DeepGpu.sln"))) return folder.FullName;
        }

        throw new InvalidOperationException("These tests run inside the repository, but no folder above them holds DeepGpu.sln.");
    }
}

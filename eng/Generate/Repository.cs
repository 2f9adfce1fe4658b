namespace DeepGpu.Generate;

/// <summary>The working tree: where generated files are, and whether they are up to date.</summary>
internal static class Repository
{
    /// <summary>The folder of every file that is written by this program: what else lies in one is stale.</summary>
    public const string Folder = "Generated";

    /// <summary>The nearest folder above the current one that holds the solution.</summary>
    public static string Root()
    {
        for (var folder = new DirectoryInfo(Environment.CurrentDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "DeepGpu.sln"))) return folder.FullName;
        }

        throw new InvalidOperationException("Run this inside the repository.");
    }

    public static int Write(string root, IReadOnlyDictionary<string, string> files)
    {
        foreach (var stale in Stale(root, files)) File.Delete(Path.Combine(root, stale));
        var changed = files.Where(file => !IsCurrent(root, file)).ToList();
        foreach (var (path, text) in changed)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(root, path))!);
            File.WriteAllText(Path.Combine(root, path), text);
        }

        Console.WriteLine($"{files.Count} generated files, {changed.Count} of them changed.");
        return 0;
    }

    public static int Check(string root, IReadOnlyDictionary<string, string> files)
    {
        List<string> wrong = [.. files.Where(file => !IsCurrent(root, file)).Select(file => file.Key), .. Stale(root, files)];
        foreach (var path in wrong) Console.Error.WriteLine($"Stale: {path}");
        if (wrong.Count > 0) Console.Error.WriteLine("Run: dotnet run --project eng/Generate");
        return wrong.Count > 0 ? 1 : 0;
    }

    private static bool IsCurrent(string root, KeyValuePair<string, string> file)
        => File.Exists(Path.Combine(root, file.Key)) && File.ReadAllText(Path.Combine(root, file.Key)) == file.Value;

    /// <summary>Files in generated folders that nothing writes any more.</summary>
    private static List<string> Stale(string root, IReadOnlyDictionary<string, string> files)
    {
        var all = Directory.EnumerateFiles(Path.Combine(root, "src"), "*.cs", SearchOption.AllDirectories)
            .Where(SourceCode.IsGenerated).Select(path => Path.GetRelativePath(root, path).Replace('\\', '/'));
        return [.. all.Where(path => !files.ContainsKey(path))];
    }
}

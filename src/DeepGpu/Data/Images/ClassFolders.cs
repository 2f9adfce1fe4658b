using System.Collections.Immutable;

namespace DeepGpu.Data;

/// <summary>A file and the number of its class.</summary>
internal readonly record struct ClassFile(string Path, int Class);

/// <summary>Finds the files of class folders, in an order that is the same on every system.</summary>
internal static class ClassFolders
{
    /// <summary>The files of every class: by class, then by path in ordinal order.</summary>
    /// <param name="root">The folder of class folders; of the files themselves where there are no classes.</param>
    /// <param name="classNames">The folders wanted; empty for all; null where there are no classes.</param>
    /// <param name="endings">The endings of the files wanted, with their dots.</param>
    /// <param name="ignored">Told the paths that are left out: other endings, and links that lead out of the root.</param>
    public static (ImmutableArray<string> ClassNames, ImmutableArray<ClassFile> Files) Find(string root, ImmutableArray<string>? classNames,
        IReadOnlyList<string> endings, Action<string> ignored)
    {
        ArgumentException.ThrowIfNullOrEmpty(root);
        var full = Path.GetFullPath(root);
        if (!Directory.Exists(full))
            throw Wrong("folder_missing", "A folder of data must exist,",
                $"but '{root}' {(File.Exists(full) ? "is a file" : "does not")}.", "Check the path.");
        if (classNames is not { } wanted) return ([], [.. Files(full, full, endings, ignored).Select(path => new ClassFile(path, 0))]);
        ImmutableArray<string> names = wanted.IsEmpty
            ? [.. Directory.GetDirectories(full).Select(Path.GetFileName).OfType<string>().Order(StringComparer.Ordinal)]
            : wanted;
        if (names.IsEmpty)
            throw Wrong("no_classes", "A folder of classes needs a folder for each class,", $"but '{root}' has none.",
                "Put the files of each class into a folder of its name, or ask for no labels.");
        return (names, [.. names.SelectMany((name, i) => OfClass(full, name, endings, ignored).Select(path => new ClassFile(path, i)))]);
    }

    private static List<string> OfClass(string root, string name, IReadOnlyList<string> endings, Action<string> ignored)
    {
        var folder = Path.GetFullPath(Path.Combine(root, name));
        if (Path.GetDirectoryName(folder) != root || !Directory.Exists(folder))
            throw Wrong("class_missing", "Every class needs a folder,", $"but '{name}' has none in '{root}'.", "Check the class names.");
        var files = Files(root, folder, endings, ignored).ToList();
        return files.Count > 0
            ? files
            : throw Wrong("empty_class", $"Every class needs a file that ends with {string.Join(", ", endings)},",
                $"but '{folder}' has none.", "Remove the folder, or name the classes to read.");
    }

    private static IEnumerable<string> Files(string root, string folder, IReadOnlyList<string> endings, Action<string> ignored)
    {
        foreach (var entry in Directory.EnumerateFileSystemEntries(folder).Order(StringComparer.Ordinal))
        {
            var isFolder = Directory.Exists(entry);
            if (IsWanted(root, entry, isFolder, endings))
                foreach (var file in isFolder ? Files(root, entry, endings, ignored) : [entry]) yield return file;
            else ignored(entry);
        }
    }

    /// <summary>Links to folders may lead in a circle, links out of the root to what nobody meant to read.</summary>
    private static bool IsWanted(string root, string entry, bool isFolder, IReadOnlyList<string> endings)
    {
        if (!isFolder && !endings.Contains(Path.GetExtension(entry), StringComparer.OrdinalIgnoreCase)) return false;
        if (new FileInfo(entry).LinkTarget is null) return true;
        return !isFolder && File.ResolveLinkTarget(entry, returnFinalTarget: true) is { Exists: true } target
            && target.FullName.StartsWith(root + Path.DirectorySeparatorChar, StringComparison.Ordinal);
    }

    private static TrainingDataException Wrong(string code, string rule, string received, string remedy)
        => new(new(code, rule, received, remedy));
}

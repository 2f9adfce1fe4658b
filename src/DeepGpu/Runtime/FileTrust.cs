using DeepGpu.Files;

namespace DeepGpu.Runtime;

/// <summary>Whether another user of the machine could put code of his own into a place that libraries are loaded from.</summary>
/// <remarks>Modes and owners are those of Unix. Windows has access lists instead, and its package cache and temporary folder lie in the
/// user's profile.</remarks>
internal static class FileTrust
{
    private const uint Root = 0;
    private const UnixFileMode Others = UnixFileMode.OtherWrite;
    private const UnixFileMode GroupAndOthers = UnixFileMode.OtherWrite | UnixFileMode.GroupWrite;

    /// <summary>What is wrong with a library that nobody named: it or its folder belongs to another user, or everybody may write to it.
    /// Null if nothing is.</summary>
    /// <param name="library">The file.</param>
    public static string? WeaknessOfLibrary(string library)
        => Weakness(library, Others) ?? Weakness(Path.GetDirectoryName(library)!, Others);

    /// <summary>What is wrong with a folder that a private one is to be made in: it, or one it lies in, belongs to another user or may be
    /// written to by one.</summary>
    /// <param name="folder">An absolute path.</param>
    public static string? WeaknessOfFolder(string folder)
    {
        for (var part = folder; part is not null; part = Path.GetDirectoryName(part))
        {
            if (Weakness(part, GroupAndOthers) is { } found) return found;
        }

        return null;
    }

    private static string? Weakness(string path, UnixFileMode mayNotWrite)
    {
        if (FileStatus.Of(path) is not { } status) return null;
        if (status.Owner != Root && status.Owner != FileStatus.User) return $"{path} belongs to user {status.Owner}";
        return (status.Access & mayNotWrite) != 0 && !status.IsSticky ? $"{path} may be written to by other users" : null;
    }
}

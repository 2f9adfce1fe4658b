namespace DeepGpu.Formats;

/// <summary>Makes files and folders that only the user may read and write: 0600 and 0700, whatever the umask. On Windows they have their
/// folder's permissions.</summary>
/// <remarks>What exists keeps its mode.</remarks>
public static class PrivateFiles
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Makes a folder and those it lies in, where they are not there yet.</summary>
    /// <param name="path">The folder.</param>
    /// <exception cref="IOException">It cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be made.</exception>
    public static void CreateFolder(string path)
    {
        var missing = new Stack<string>(); // .NET gives the mode to the last of them only
        var folder = Path.GetFullPath(path);
        for (; folder is not null && !Directory.Exists(folder); folder = Path.GetDirectoryName(folder)) missing.Push(folder);
        foreach (var part in missing) Create(part);
    }

    /// <summary>Opens a file to write to, and makes it where it is not there yet.</summary>
    /// <param name="path">The file.</param>
    /// <param name="mode">What happens to a file that is there.</param>
    /// <param name="access">What is done with it. Default writing.</param>
    /// <param name="share">What others may do with it meanwhile. Default read it.</param>
    /// <param name="bufferSize">Bytes gathered before they are written; 0 writes, and fails, at once. Default 4096.</param>
    /// <exception cref="ModelFormatException">What is there is no regular file.</exception>
    /// <exception cref="IOException">It cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public static FileStream Open(
        string path, FileMode mode, FileAccess access = FileAccess.Write, FileShare share = FileShare.Read, int bufferSize = 4096)
    {
        RegularFile.CheckWritable(path);
        var options = new FileStreamOptions { Mode = mode, Access = access, Share = share, BufferSize = bufferSize };
        if (!OperatingSystem.IsWindows() && mode is not (FileMode.Open or FileMode.Truncate)) options.UnixCreateMode = Owner;
        return new(path, options);
    }

    private static void Create(string folder)
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
        else Directory.CreateDirectory(folder, Owner | UnixFileMode.UserExecute);
    }
}

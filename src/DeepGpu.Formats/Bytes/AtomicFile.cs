using DeepGpu.Files;
using DeepGpu.Formats.Bytes;

namespace DeepGpu.Formats;

/// <summary>Writes whole files: no reader ever sees a part of one, and a failed write leaves the old file as it was.</summary>
public static class AtomicFile
{
    /// <summary>Writes to a temporary name in the same folder, flushes to disk, then renames over the target; makes the folder if need
    /// be.</summary>
    /// <remarks>
    /// A new file is the user's alone (0600), a new folder too (0700); a file that is replaced hands on its mode. A link is replaced, not
    /// what it leads to.
    /// What processes killed here left half written is removed; what others are writing is not.
    /// </remarks>
    /// <param name="path">The file to make or replace; its name may have the 255 bytes a file system allows. It may be open for reading:
    /// its reader keeps the old bytes.</param>
    /// <param name="write">Writes the bytes.</param>
    /// <exception cref="ModelFormatException">What is there is no regular file: a folder, a named pipe, a device.</exception>
    /// <exception cref="IOException">The folder cannot be written to.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        ArgumentNullException.ThrowIfNull(write);
        var target = Path.GetFullPath(path);
        RegularFile.CheckWritable(target);
        var folder = Path.GetDirectoryName(target)!;
        PrivateFiles.CreateFolder(folder);
        using var file = TemporaryFile.Create(folder);
        write(file.Stream);
        RegularFile.CheckWritable(target);
        file.MoveTo(target, FileStatus.Of(target)?.Access);
    }
}

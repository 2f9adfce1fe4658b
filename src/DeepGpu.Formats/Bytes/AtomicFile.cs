namespace DeepGpu.Formats;

/// <summary>Writes whole files: no reader ever sees a part of one, and a failed write leaves the old file as it was.</summary>
public static class AtomicFile
{
    /// <summary>Writes to a unique temporary name in the same folder, flushes to disk, then renames over the target; makes the folder if need be.</summary>
    /// <param name="path">The file to make or replace. It may be open for reading: its reader keeps the old bytes.</param>
    /// <param name="write">Writes the bytes.</param>
    /// <exception cref="IOException">The folder cannot be written to.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        ArgumentNullException.ThrowIfNull(write);
        var target = Path.GetFullPath(path);
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        var temporary = $"{target}.{Guid.NewGuid():N}.tmp";
        try
        {
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, target, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }
}

namespace DeepGpu;

/// <summary>Where this library keeps files it can make or fetch again: <c>DEEPGPU_CACHE</c>, else the user's local application data.</summary>
internal static class CacheFolder
{
    public static string Root => Environment.GetEnvironmentVariable("DEEPGPU_CACHE") is { Length: > 0 } folder
        ? folder
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "DeepGpu");

    /// <summary>Writes a file so that no reader ever sees a part of it: a unique temporary name, flushed, then renamed.</summary>
    public static void WriteAtomically(string path, Action<Stream> write)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var temporary = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }
}

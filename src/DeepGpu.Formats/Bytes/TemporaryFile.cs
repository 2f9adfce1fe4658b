using System.Buffers;
using System.Security.Cryptography;
using DeepGpu.Files;

namespace DeepGpu.Formats.Bytes;

/// <summary>A file that is being written under a short name of its own, held until it takes the name it is for.</summary>
/// <remarks>
/// The name, ".deepgpu-" and 16 digits, does not grow with the target's, which may have the 255 bytes a file system allows.
/// The lock that says somebody is at work ends with the process, however it ends: what nobody holds, a killed one left behind.
/// It is a shared one and kept until the file has its name: readers of that name are not kept out, and no other process takes it for a
/// leftover.
/// </remarks>
internal sealed class TemporaryFile : IDisposable
{
    private const string Prefix = ".deepgpu-";
    private const string Extension = ".tmp";
    private const int Length = 16;
    private const int Attempts = 10;

    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789abcdef");
    private static readonly TimeSpan Closing = TimeSpan.FromMinutes(1);

    /// <summary>Opens what nobody else has open; Windows removes an open file only if that was allowed for.</summary>
    private static readonly FileShare Alone = OperatingSystem.IsWindows() ? FileShare.Delete : FileShare.None;

    private readonly string _path;

    private TemporaryFile(string path, FileStream stream) => (_path, Stream) = (path, stream);

    /// <summary>Where the bytes go.</summary>
    public FileStream Stream { get; }

    /// <summary>Makes a file in a folder, and removes those that killed processes left there.</summary>
    public static TemporaryFile Create(string folder)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var file = Open(Path.Combine(folder, Prefix + RandomNumberGenerator.GetHexString(Length, lowercase: true) + Extension));
                if (File.Exists(file._path) || attempt == Attempts) return file.AfterLeftovers(folder);
                file.Dispose();
            }
            catch (IOException) when (attempt < Attempts)
            {
                // Between making and locking it, another process may have taken it for a leftover: then it is locked, or gone.
            }
        }
    }

    /// <summary>Removes what killed processes left in the folder. Where the file system has no locks, this file, which is held, could be
    /// taken all the same, and nothing is removed.</summary>
    private TemporaryFile AfterLeftovers(string folder)
    {
        try
        {
            if (TryRemove(_path, isTest: true)) return this;
            foreach (var file in Directory.EnumerateFiles(folder, $"{Prefix}*{Extension}").Where(IsOurs)) TryRemove(file, isTest: false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A folder that cannot be listed keeps them: the write itself goes on.
        }

        return this;
    }

    /// <summary>Gives the file its permissions and its name.</summary>
    /// <param name="target">The name, in the same folder. What is there is replaced in one step.</param>
    /// <param name="access">Who may do what with it; null leaves it to the user alone.</param>
    public void MoveTo(string target, UnixFileMode? access)
    {
        Stream.Flush(flushToDisk: true);
        if (OperatingSystem.IsWindows()) Stream.Dispose(); // there, a file that is open for writing keeps readers of its new name out
        else if (access is { } mode) SetMode(mode);
        File.Move(_path, target, overwrite: true);
    }

    /// <summary>Ends it; removed unless it was moved.</summary>
    public void Dispose()
    {
        try
        {
            Stream.Dispose();
        }
        finally
        {
            File.Delete(_path);
        }
    }

    private static TemporaryFile Open(string path) => new(path, PrivateFiles.Open(path, FileMode.CreateNew));

    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    private void SetMode(UnixFileMode mode)
    {
        try
        {
            File.SetUnixFileMode(Stream.SafeFileHandle, mode);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A file system without modes.
        }
    }

    private static bool IsOurs(string path)
    {
        var digits = Path.GetFileName(path.AsSpan())[Prefix.Length..^Extension.Length];
        return digits.Length == Length && digits.IndexOfAnyExcept(Digits) < 0 && IsLeftover(path);
    }

    private static bool IsLeftover(string path)
        => OperatingSystem.IsWindows()
            ? File.GetLastWriteTimeUtc(path) < DateTime.UtcNow - Closing
            : FileStatus.OfEntry(path) is { IsRegular: true };

    /// <summary>Whether nobody holds a file; it is removed then, while it is held here, unless this is only a test.</summary>
    private static bool TryRemove(string path, bool isTest)
    {
        try
        {
            using var taken = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, Alone);
            if (!isTest) File.Delete(path);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}

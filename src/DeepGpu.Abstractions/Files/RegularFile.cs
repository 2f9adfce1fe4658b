using System.Text;
using DeepGpu.Files;
using Microsoft.Win32.SafeHandles;

namespace DeepGpu;

/// <summary>Opens files that hold bytes. Folders, named pipes, sockets and devices are refused before they are opened: a pipe would wait
/// for ever, a device has no end.</summary>
public static class RegularFile
{
    private const string Code = "not_a_regular_file";

    /// <summary>Opens a file for reads at any place.</summary>
    /// <param name="path">The file; links are followed.</param>
    /// <param name="share">What others may do with it meanwhile. Default read it.</param>
    /// <exception cref="ModelFormatException">What the path leads to is no regular file.</exception>
    /// <exception cref="IOException">There is none, or it cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static SafeFileHandle OpenHandle(string path, FileShare share = FileShare.Read)
    {
        ArgumentNullException.ThrowIfNull(path);
        Check(path, FileStatus.Of(path));
        var handle = File.OpenHandle(path, share: share);
        try
        {
            Check(path, FileStatus.Of(handle)); // what was opened, whatever the path led to before
            return handle;
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    /// <summary>Opens a file as a stream.</summary>
    /// <inheritdoc cref="OpenHandle"/>
    public static FileStream OpenRead(string path, FileShare share = FileShare.Read) => new(OpenHandle(path, share), FileAccess.Read);

    /// <summary>Reads a whole file, also one of /proc or /sys, whose length is not known before.</summary>
    /// <param name="path">The file; links are followed.</param>
    /// <inheritdoc cref="OpenHandle" path="exception"/>
    public static byte[] ReadAllBytes(string path)
    {
        using var file = OpenRead(path);
        if (file.Length > Array.MaxLength) throw new IOException($"'{path}' is too long to be read at once: {file.Length} bytes.");
        using var bytes = new MemoryStream((int)file.Length);
        file.CopyTo(bytes);
        return bytes.Length == bytes.Capacity ? bytes.GetBuffer() : bytes.ToArray();
    }

    /// <summary>Reads a whole file of text.</summary>
    /// <param name="path">The file; links are followed.</param>
    /// <param name="encoding">How it is written where no byte order mark says so. Default UTF-8.</param>
    /// <inheritdoc cref="OpenHandle" path="exception"/>
    public static string ReadAllText(string path, Encoding? encoding = null)
    {
        using var text = new StreamReader(OpenRead(path), encoding ?? Encoding.UTF8);
        return text.ReadToEnd();
    }

    /// <summary>Refuses to write where something else than a regular file is. What is not there yet, and a link that leads nowhere, may be
    /// written.</summary>
    /// <param name="path">The file to be made, changed or replaced.</param>
    /// <exception cref="ModelFormatException">What is there is no regular file. It was not touched.</exception>
    public static void CheckWritable(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (Path.EndsInDirectorySeparator(path)) throw Refused(path, "Only a regular file is written,", "but the path names a folder");
        if (Other(path, FileStatus.Of(path)) is { } kind) throw Refused(path, "Only a regular file is written,", $"but {kind} is there");
    }

    private static void Check(string path, FileStatus? status)
    {
        if (Other(path, status) is { } kind) throw Refused(path, "Only a regular file is read,", $"but this is {kind}");
    }

    /// <summary>What a path leads to if that is no regular file. Windows has no status of that kind: there devices have paths of their
    /// own.</summary>
    private static string? Other(string path, FileStatus? status)
    {
        if (status is { } known) return known.IsRegular ? null : known.Kind;
        if (!OperatingSystem.IsWindows()) return null;
        if (Path.GetFullPath(path).StartsWith(@"\\.\", StringComparison.Ordinal)) return "a device or pipe";
        return Directory.Exists(path) ? "a folder" : null;
    }

    private static ModelFormatException Refused(string path, string rule, string received)
        => new(new(Code, rule, received + ".", "Name a regular file; what a pipe or device gives can be put into one first."), path);
}

using System.Buffers.Binary;
using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace DeepGpu.Tests.Weights;

/// <summary>Counts how often the system opens a file, whoever does it: Linux's inotify (inotify(7)).</summary>
internal sealed partial class FileOpenings : IDisposable
{
    private const uint Access = 0x1, Close = 0x10, Open = 0x20;
    private const int HeaderLength = 16, MaskOffset = 4, LengthOffset = 12, NonBlocking = 0x800;

    private readonly SafeFileHandle _events;

    /// <summary>Starts to watch. Readings are watched too, so that two openings never become one event.</summary>
    public FileOpenings(string path)
    {
        _events = new(Init(NonBlocking), ownsHandle: true);
        if (_events.IsInvalid || Watch(_events, path, Access | Close | Open) < 0) throw new Win32Exception(Marshal.GetLastPInvokeError());
    }

    /// <summary>The openings since the last count.</summary>
    public int Count()
    {
        var (count, buffer) = (0, new byte[1 << 16]);
        for (int length; (length = (int)Read(_events, buffer, buffer.Length)) > 0;)
        {
            for (var at = 0; at < length; at += HeaderLength + Field(buffer, at + LengthOffset))
                if ((Field(buffer, at + MaskOffset) & Open) != 0) count++;
        }

        return count;
    }

    public void Dispose() => _events.Dispose();

    private static int Field(byte[] buffer, int at) => BinaryPrimitives.ReadInt32LittleEndian(buffer.AsSpan(at));

    [LibraryImport("libc", EntryPoint = "inotify_init1", SetLastError = true)]
    private static partial nint Init(int flags);

    [LibraryImport("libc", EntryPoint = "inotify_add_watch", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Watch(SafeFileHandle events, string path, uint mask);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    private static partial nint Read(SafeFileHandle events, byte[] buffer, nint length);
}

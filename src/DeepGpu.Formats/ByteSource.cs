using Microsoft.Win32.SafeHandles;

namespace DeepGpu.Formats;

/// <summary>Bytes that can be read at any place: a file or memory.</summary>
internal abstract class ByteSource : IDisposable
{
    public abstract long Length { get; }

    public static ByteSource OfFile(string path) => new FileSource(File.OpenHandle(path));

    public static ByteSource OfMemory(ReadOnlyMemory<byte> bytes) => new MemorySource(bytes);

    /// <summary>Fills the target from a place on, and tells whether there were enough bytes.</summary>
    public abstract bool TryRead(long offset, Span<byte> target);

    public abstract void Dispose();

    private sealed class FileSource(SafeFileHandle handle) : ByteSource
    {
        public override long Length { get; } = RandomAccess.GetLength(handle);

        public override bool TryRead(long offset, Span<byte> target)
        {
            for (var done = 0; done < target.Length;)
            {
                var count = RandomAccess.Read(handle, target[done..], offset + done);
                if (count == 0) return false;
                done += count;
            }

            return true;
        }

        public override void Dispose() => handle.Dispose();
    }

    private sealed class MemorySource(ReadOnlyMemory<byte> bytes) : ByteSource
    {
        public override long Length => bytes.Length;

        public override bool TryRead(long offset, Span<byte> target)
        {
            if (offset < 0 || offset > bytes.Length - target.Length) return false;
            bytes.Span.Slice((int)offset, target.Length).CopyTo(target);
            return true;
        }

        public override void Dispose()
        {
        }
    }
}

using Microsoft.Win32.SafeHandles;

namespace DeepGpu.Formats.Bytes;

/// <summary>Bytes that can be read at any place: a file, memory, or a part of either.</summary>
/// <remarks>Files are read with positioned reads and never mapped: a mapped file that shrinks ends the process,
/// a read one gives an error.</remarks>
internal abstract class ByteSource : IDisposable
{
    public abstract long Length { get; }

    /// <summary>The file's path; null for memory.</summary>
    public virtual string? Path => null;

    /// <summary>Opens a regular file and hands it on; closes it again, and names it in the refusal, if that fails.</summary>
    public static T Open<T>(string path, Func<ByteSource, T> use)
    {
        ArgumentNullException.ThrowIfNull(path);
        return Owned(new FileSource(path), use);
    }

    /// <summary>Hands memory on as if it were a file.</summary>
    public static T Open<T>(ReadOnlyMemory<byte> bytes, Func<ByteSource, T> use) => Owned(OfMemory(bytes), use);

    /// <summary>Opens a file for the length of one call.</summary>
    public static T Use<T>(string path, Func<ByteSource, T> use) => Open(path, source =>
    {
        using (source) return use(source);
    });

    public static ByteSource OfMemory(ReadOnlyMemory<byte> bytes) => new MemorySource(bytes);

    /// <summary>A part of these bytes, which must lie inside them; disposing it leaves the whole open.</summary>
    public ByteSource Slice(long offset, long length) => new SliceSource(this, offset, length);

    /// <summary>Whether a range lies inside the bytes. Safe for any numbers from a file.</summary>
    public bool Holds(long offset, long length) => offset >= 0 && length >= 0 && length <= Length && offset <= Length - length;

    /// <summary>Fills the target from a place on, and tells whether there were enough bytes.</summary>
    public abstract bool TryRead(long offset, Span<byte> target);

    /// <summary>Fills the target from a place that was checked before.</summary>
    public void Read(long offset, Span<byte> target)
    {
        if (!TryRead(offset, target))
            throw new ModelFormatException(new("truncated", "A file may not shrink while it is read,",
                $"but {target.Length} bytes at {offset} are gone.", "Read it again when nobody writes to it."), Path, offset);
    }

    public byte[] ReadBytes(long offset, int length)
    {
        var bytes = new byte[length];
        Read(offset, bytes);
        return bytes;
    }

    public virtual void Dispose()
    {
    }

    private static T Owned<T>(ByteSource source, Func<ByteSource, T> use)
    {
        try
        {
            return use(source);
        }
        catch (ModelFormatException e) when (source.Path is { } path)
        {
            source.Dispose();
            throw e.InFile(path);
        }
        catch
        {
            source.Dispose();
            throw;
        }
    }

    private sealed class FileSource(string path) : ByteSource
    {
        private readonly SafeFileHandle _handle = RegularFile.OpenHandle(path);
        private long? _length;

        public override long Length => _length ??= RandomAccess.GetLength(_handle);

        public override string? Path => path;

        public override bool TryRead(long offset, Span<byte> target)
        {
            for (var done = 0; done < target.Length;)
            {
                var count = RandomAccess.Read(_handle, target[done..], offset + done);
                if (count == 0) return false;
                done += count;
            }

            return true;
        }

        public override void Dispose()
        {
            _handle.Dispose();
            base.Dispose();
        }
    }

    private sealed class MemorySource(ReadOnlyMemory<byte> bytes) : ByteSource
    {
        public override long Length => bytes.Length;

        public override bool TryRead(long offset, Span<byte> target)
        {
            if (!Holds(offset, target.Length)) return false;
            bytes.Span.Slice((int)offset, target.Length).CopyTo(target);
            return true;
        }
    }

    private sealed class SliceSource(ByteSource whole, long start, long length) : ByteSource
    {
        public override long Length => length;

        public override string? Path => whole.Path;

        public override bool TryRead(long offset, Span<byte> target)
            => Holds(offset, target.Length) && whole.TryRead(start + offset, target);
    }
}

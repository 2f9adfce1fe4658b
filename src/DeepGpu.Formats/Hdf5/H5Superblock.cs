using DeepGpu.Formats.Bytes;

namespace DeepGpu.Formats.Hdf5;

/// <summary>Reads the first structure of an HDF5 file (section II.A of the specification): its size and where its root is.</summary>
internal static class H5Superblock
{
    private const int VersionOffset = 8;
    private const int OldLength = 96;
    private const int NewLength = 48;

    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'H', (byte)'D', (byte)'F', 0x0d, 0x0a, 0x1a, 0x0a];

    /// <summary>The file's bytes, and the address of the root group's header.</summary>
    public static (H5Space Space, long Root) Read(ByteSource source)
    {
        var start = source.ReadBytes(0, (int)Math.Min(OldLength + sizeof(int), source.Length));
        if (!start.AsSpan().StartsWith(Signature)) throw Foreign(source);
        var cursor = new ByteCursor(start, H5File.Refusals) { Position = VersionOffset };
        return cursor.UInt8() switch
        {
            0 => Old(source, ref cursor, extra: 0),
            1 => Old(source, ref cursor, extra: 4),
            2 or 3 => New(source, start, ref cursor),
            var version => throw H5File.Refusals.Because("unsupported_superblock", "The superblock's version must be 0 to 3,",
                $"but is {version}.", offset: VersionOffset),
        };
    }

    private static ModelFormatException Foreign(ByteSource source)
    {
        var kind = FileStart.Of(source);
        return kind == FileStart.Kind.Hdf5
            ? H5File.Refusals.Because("truncated", "The file must start with HDF5's eight bytes,",
                "but they are cut, or line ends were changed on the way.", offset: 0)
            : FileStart.Unexpected(source, kind, "an HDF5 file", H5File.Refusals);
    }

    private static (H5Space Space, long Root) Old(ByteSource source, ref ByteCursor cursor, int extra)
    {
        cursor.Skip(4);
        CheckSizes(cursor.UInt8(), cursor.UInt8());
        cursor.Skip(9 + extra);
        CheckBase(cursor.UInt64());
        cursor.Skip(8);
        var space = Space(source, cursor.UInt64());
        cursor.Skip(16);
        return (space, space.Address(cursor.UInt64(), "the root group"));
    }

    private static (H5Space Space, long Root) New(ByteSource source, byte[] start, ref ByteCursor cursor)
    {
        CheckSizes(cursor.UInt8(), cursor.UInt8());
        cursor.Skip(1);
        CheckBase(cursor.UInt64());
        if (cursor.UInt64() != H5Space.Undefined) throw H5Space.Unsupported("a superblock extension", cursor.Offset);
        var end = cursor.UInt64();
        var root = cursor.UInt64();
        if (cursor.UInt32() != JenkinsHash.Of(start.AsSpan(0, NewLength - sizeof(uint))))
            throw H5Space.Malformed("the superblock's checksum is wrong", 0);
        var space = Space(source, end);
        return (space, space.Address(root, "the root group"));
    }

    private static H5Space Space(ByteSource source, ulong end) => end <= (ulong)source.Length
        ? new(source, (long)end)
        : throw H5File.Refusals.Because("truncated", $"The file must have the {end} bytes it was closed with,",
            $"but has {source.Length}.", offset: source.Length);

    private static void CheckSizes(byte offsets, byte lengths)
    {
        if (offsets != 8 || lengths != 8)
            throw H5Space.Unsupported($"addresses of {offsets} and lengths of {lengths} bytes instead of 8", VersionOffset);
    }

    private static void CheckBase(ulong address)
    {
        if (address != 0) throw H5Space.Unsupported("a user block before its data");
    }
}

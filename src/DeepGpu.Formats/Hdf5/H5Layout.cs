using DeepGpu.Formats.Bytes;

namespace DeepGpu.Formats.Hdf5;

/// <summary>Where a dataset's bytes are (section IV.A.2.i).</summary>
internal abstract record H5Layout
{
    private const int MaxRank = 33;

    public static H5Layout Read(ref ByteCursor cursor, string name)
    {
        var version = cursor.UInt8();
        var kind = cursor.UInt8();
        return (version, kind) switch
        {
            (3 or 4, 0) => new H5Compact(cursor.Take(cursor.UInt16()).ToArray()),
            (3 or 4, 1) => new H5Contiguous(cursor.UInt64(), cursor.UInt64()),
            (3, 2) => Chunked(ref cursor, name),
            (4, 2) => throw H5Space.Unsupported("the chunk indexes of libver='latest'", cursor.Offset, name),
            (_, 3) => throw H5File.Refusals.Because("virtual_dataset", "A dataset's bytes must be in its own file,",
                "but this one is virtual: a view of other files.", name, cursor.Offset),
            _ => throw H5Space.Unsupported($"data layout {kind} of version {version}", cursor.Offset, name),
        };
    }

    private static H5Chunked Chunked(ref ByteCursor cursor, string name)
    {
        var rank = cursor.UInt8() - 1;
        if (rank is < 1 or >= MaxRank)
            throw H5Space.Malformed($"the chunks of '{StrictJson.Printable(name)}' have {rank} axes", cursor.Offset);
        var index = cursor.UInt64();
        var chunk = new long[rank];
        for (var axis = 0; axis < rank; axis++) chunk[axis] = cursor.UInt32();
        return new(index, chunk, cursor.UInt32());
    }
}

/// <summary>Bytes inside the header.</summary>
internal sealed record H5Compact(byte[] Data) : H5Layout;

/// <summary>Bytes in one piece.</summary>
internal sealed record H5Contiguous(ulong Address, ulong Length) : H5Layout;

/// <summary>Bytes in equal blocks that a B-tree lists.</summary>
internal sealed record H5Chunked(ulong Index, long[] Chunk, uint ElementSize) : H5Layout;

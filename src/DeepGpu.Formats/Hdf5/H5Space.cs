using DeepGpu.Formats.Bytes;

namespace DeepGpu.Formats.Hdf5;

/// <summary>The bytes of an HDF5 file that addresses may point to. Every read is checked before memory is taken.</summary>
/// <param name="source">The file.</param>
/// <param name="end">Where the file says it ends; inside the real file.</param>
internal sealed class H5Space(ByteSource source, long end)
{
    /// <summary>The address that means "none".</summary>
    public const ulong Undefined = ulong.MaxValue;

    /// <summary>The largest structure that is read in one piece; bulk data is not.</summary>
    private const long MaxStructure = 64 << 20;

    /// <summary>How often, on average, a byte may be read as a structure: once or twice in a sound file.
    /// Many links to one large header would ask for more.</summary>
    private const long MaxRereads = 16;

    /// <summary>What is free for small files, whose structures are short.</summary>
    private const long MinBudget = 1 << 20;

    private long _budget = MinBudget + MaxRereads * end;

    /// <summary>The file.</summary>
    public ByteSource Source { get; } = source;

    /// <summary>Where the file says it ends.</summary>
    public long End { get; } = end;

    /// <summary>An address of something that must be there.</summary>
    public long Address(ulong raw, string what)
        => raw < (ulong)End
            ? (long)raw
            : throw Malformed($"{what} is said to be at {(raw == Undefined ? "no place" : raw)}, outside the {End} bytes", 0);

    /// <summary>A structure's bytes.</summary>
    public byte[] Read(long address, long length, string what)
    {
        if (length < 0 || length > MaxStructure || address > End - length)
            throw Malformed($"{what} of {length} bytes at {address} does not fit the {End} bytes", address);
        _budget -= length;
        if (_budget < 0)
            throw H5File.Refusals.Because("expansion_bomb", "A file's structures may be mentioned a few times,",
                "but are mentioned over and over.", offset: address);
        return Source.ReadBytes(address, (int)length);
    }

    /// <summary>A structure's fields.</summary>
    public ByteCursor Cursor(long address, long length, string what) => new(Read(address, length, what), H5File.Refusals, address);

    /// <summary>Whether a range of bulk data lies inside the file.</summary>
    public bool Holds(ulong address, ulong length) => length <= (ulong)End && address <= (ulong)End - length;

    /// <summary>Skips a structure's four-letter signature, if it is the right one.</summary>
    public static void Expect(ref ByteCursor cursor, ReadOnlySpan<byte> signature, string what)
    {
        var at = cursor.Offset;
        if (!cursor.Take(signature.Length).SequenceEqual(signature)) throw Malformed($"{what} lacks its signature", at);
    }

    public static ModelFormatException Malformed(string how, long offset)
        => H5File.Refusals.Because("malformed", "An HDF5 file must be well formed,", $"but {how}.", offset: offset);

    public static ModelFormatException Unsupported(string what, long? offset = null, string? entry = null)
        => H5File.Refusals.Because("unsupported_feature", "An HDF5 file of weights needs plain groups and datasets,",
            $"but this one uses {what}.", entry, offset);
}

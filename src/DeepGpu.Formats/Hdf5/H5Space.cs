namespace DeepGpu.Formats;

/// <summary>The bytes of an HDF5 file that addresses may point to. Every read is checked before memory is taken.</summary>
/// <param name="Source">The file.</param>
/// <param name="End">Where the file says it ends; inside the real file.</param>
internal sealed record H5Space(ByteSource Source, long End)
{
    /// <summary>The address that means "none".</summary>
    public const ulong Undefined = ulong.MaxValue;

    /// <summary>The largest structure that is read in one piece; bulk data is not.</summary>
    private const long MaxStructure = 64 << 20;

    /// <summary>An address of something that must be there.</summary>
    public long Address(ulong raw, string what) => raw < (ulong)End ? (long)raw : throw Malformed($"{what} is said to be at {(raw == Undefined ? "no place" : raw)}, outside the {End} bytes", 0);

    /// <summary>A structure's bytes.</summary>
    public byte[] Read(long address, long length, string what)
    {
        if (length < 0 || length > MaxStructure || address > End - length) throw Malformed($"{what} of {length} bytes at {address} does not fit the {End} bytes", address);
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

    public static ModelFormatException Malformed(string how, long offset) => H5File.Refusals.Because("malformed", "An HDF5 file must be well formed,", $"but {how}.", offset: offset);

    public static ModelFormatException Unsupported(string what, long? offset = null, string? entry = null) => H5File.Refusals.Because("unsupported_feature", "An HDF5 file of weights needs plain groups and datasets,", $"but this one uses {what}.", entry, offset);
}

using System.Buffers.Binary;
using System.IO.Compression;
using DeepGpu.Formats.Bytes;

namespace DeepGpu.Formats.Hdf5;

/// <summary>The filters that chunks went through (section IV.A.2.l). Only deflate, shuffle and fletcher32;
/// no plug-in is ever loaded.</summary>
internal sealed class H5Filters
{
    private const int MaxFilters = 8;
    private const int ChecksumLength = 4;

    private readonly List<int> _filters = [];

    private enum Filter
    {
        Deflate = 1,
        Shuffle = 2,
        Fletcher32 = 3,
    }

    /// <summary>Whether chunks may be larger than what is stored of them.</summary>
    public bool Expands => _filters.Contains((int)Filter.Deflate);

    public static H5Filters Read(ref ByteCursor cursor, string name)
    {
        var filters = new H5Filters();
        var (version, count) = (cursor.UInt8(), cursor.UInt8());
        if (version is not (1 or 2) || count > MaxFilters)
            throw H5Space.Malformed($"'{StrictJson.Printable(name)}' has {count} filters of version {version}", cursor.Offset);
        if (version == 1) cursor.Skip(6);
        for (var i = 0; i < count; i++) filters._filters.Add(One(ref cursor, version, name));
        return filters;
    }

    /// <summary>A chunk's bytes as they were before the filters, the last of which is undone first.</summary>
    /// <param name="stored">The stored bytes.</param>
    /// <param name="mask">A bit for each filter that was left out.</param>
    /// <param name="length">Bytes the chunk must have in the end.</param>
    /// <param name="elementSize">Bytes of an element.</param>
    /// <param name="name">The dataset.</param>
    public byte[] Undo(byte[] stored, uint mask, int length, int elementSize, string name)
    {
        var bytes = stored;
        for (var i = _filters.Count - 1; i >= 0; i--)
        {
            if ((mask & (1u << i)) != 0) continue;
            bytes = (Filter)_filters[i] switch
            {
                Filter.Deflate => Inflate(bytes, length + ChecksumLength, name),
                Filter.Shuffle => Unshuffle(bytes, elementSize),
                _ => WithoutChecksum(bytes, name),
            };
        }

        return bytes.Length == length ? bytes : throw Damaged(name, $"becomes {bytes.Length} bytes instead of {length}");
    }

    private static int One(ref ByteCursor cursor, int version, string name)
    {
        var id = cursor.UInt16();
        if (!Enum.IsDefined((Filter)id))
            throw H5File.Refusals.Because("unknown_filter", "Chunks may be filtered by gzip, shuffle and fletcher32,",
                $"but these went through filter {id}.", name, cursor.Offset);
        var nameLength = version == 1 ? cursor.UInt16() : 0;
        cursor.Skip(2);
        var values = cursor.UInt16();
        cursor.Skip((nameLength + 7) / 8 * 8);
        cursor.Skip(values * sizeof(uint));
        if (version == 1 && values % 2 != 0) cursor.Skip(sizeof(uint));
        return id;
    }

    private static byte[] Inflate(byte[] bytes, int limit, string name)
    {
        var inflated = new byte[limit];
        try
        {
            using var stream = new ZLibStream(new MemoryStream(bytes), CompressionMode.Decompress);
            var length = stream.ReadAtLeast(inflated, limit, throwOnEndOfStream: false);
            return length < limit || stream.ReadByte() < 0 ? inflated[..length] : throw Damaged(name, "inflates to more than a chunk");
        }
        // .NET's internal ZLibException: the stream asks for a dictionary
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            throw Damaged(name, $"cannot be inflated: {e.Message}");
        }
    }

    private static byte[] Unshuffle(byte[] bytes, int elementSize)
    {
        var count = bytes.Length / elementSize;
        var result = (byte[])bytes.Clone();
        for (var part = 0; part < elementSize; part++)
        {
            for (var i = 0; i < count; i++) result[i * elementSize + part] = bytes[part * count + i];
        }

        return result;
    }

    private static byte[] WithoutChecksum(byte[] bytes, string name)
    {
        if (bytes.Length < ChecksumLength) throw Damaged(name, "is too short for its checksum");
        var data = bytes.AsSpan(0, bytes.Length - ChecksumLength);
        if (BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(data.Length)) != Fletcher32(data))
            throw H5File.Refusals.Because("crc_mismatch", "A chunk must match its Fletcher-32 checksum,", "but does not.", name);
        return data.ToArray();
    }

    /// <summary>Fletcher's sums over big-endian 16-bit words, an odd last byte being the high half of a word.</summary>
    private static uint Fletcher32(ReadOnlySpan<byte> data)
    {
        const uint Modulus = 65535;
        var (first, second) = (0UL, 0UL);
        for (var i = 0; i < data.Length; i += 2)
        {
            first = (first + (uint)(data[i] << 8) + (i + 1 < data.Length ? data[i + 1] : 0u)) % Modulus;
            second = (second + first) % Modulus;
        }

        return (uint)((second << 16) | first);
    }

    private static ModelFormatException Damaged(string name, string how)
        => H5File.Refusals.Because("malformed", "A chunk must give its bytes back,", $"but one {how}.", name);
}

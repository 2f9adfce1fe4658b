using System.Text;
using DeepGpu.Formats.Bytes;

namespace DeepGpu.Formats.Hdf5;

/// <summary>Finds texts of any length in global heap collections (section III.E).</summary>
internal sealed class H5GlobalHeap(H5Space space)
{
    private const int HeaderLength = 16;
    private const int ObjectHeaderLength = 16;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly Dictionary<long, Dictionary<ushort, (long Address, long Length)>> _collections = [];

    /// <summary>A text of which an attribute holds the length, the collection's address and the place in it.</summary>
    public string Text(ref ByteCursor reference)
    {
        var (length, address, index, offset) = (reference.UInt32(), reference.UInt64(), reference.UInt32(), reference.Offset);
        if (length == 0) return "";
        if (index > ushort.MaxValue || !Collection(address).TryGetValue((ushort)index, out var place) || length > place.Length)
            throw H5Space.Malformed($"a text of {length} bytes is not where it should be", offset);
        return Decode(space.Read(place.Address, length, "a text"), place.Address);
    }

    /// <summary>A text up to its first zero byte.</summary>
    public static string Decode(ReadOnlySpan<byte> bytes, long offset)
    {
        var end = bytes.IndexOf((byte)0);
        try
        {
            return Strict.GetString(end < 0 ? bytes : bytes[..end]);
        }
        catch (DecoderFallbackException e)
        {
            throw H5File.Refusals.Because("not_utf8", "A text must be valid UTF-8,", "but is not.", offset: offset, inner: e);
        }
    }

    private Dictionary<ushort, (long Address, long Length)> Collection(ulong raw)
    {
        var address = space.Address(raw, "a heap");
        if (_collections.TryGetValue(address, out var known)) return known;
        var header = space.Cursor(address, HeaderLength, "a heap");
        H5Space.Expect(ref header, "GCOL"u8, "a heap");
        header.Skip(4);
        var length = header.UInt64();
        if (!space.Holds((ulong)address, length)) throw H5Space.Malformed($"a heap of {length} bytes does not fit the file", address);
        return _collections[address] = Objects(address, (long)length);
    }

    private Dictionary<ushort, (long Address, long Length)> Objects(long address, long length)
    {
        var objects = new Dictionary<ushort, (long, long)>();
        for (var at = address + HeaderLength; at + ObjectHeaderLength <= address + length;)
        {
            var cursor = space.Cursor(at, ObjectHeaderLength, "a heap's object");
            var index = cursor.UInt16();
            cursor.Skip(6);
            var size = cursor.UInt64();
            if (index == 0) break;
            if (size > (ulong)(address + length - at - ObjectHeaderLength))
                throw H5Space.Malformed($"a heap's object of {size} bytes does not fit", at);
            objects[index] = (at + ObjectHeaderLength, (long)size);
            at += ObjectHeaderLength + ((long)size + 7) / 8 * 8;
        }

        return objects;
    }
}

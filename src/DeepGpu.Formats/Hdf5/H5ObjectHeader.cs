using DeepGpu.Formats.Bytes;

namespace DeepGpu.Formats.Hdf5;

/// <summary>One message of an object's header.</summary>
/// <param name="Type">What it is.</param>
/// <param name="Flags">Bit 1: the message is kept elsewhere and only its place is here.</param>
/// <param name="Data">Its bytes.</param>
/// <param name="Offset">Where it is in the file.</param>
internal sealed record H5Message(H5MessageType Type, byte Flags, byte[] Data, long Offset)
{
    private const int Shared = 2;

    /// <summary>The fields, if they are here.</summary>
    public ByteCursor Cursor()
        => (Flags & Shared) == 0
            ? new(Data, H5File.Refusals, Offset)
            : throw H5Space.Unsupported("shared header messages (a committed datatype)", Offset);
}

/// <summary>The messages that matter (section IV.A.2 of the specification). Others are skipped.</summary>
internal enum H5MessageType
{
    Dataspace = 0x01,
    LinkInfo = 0x02,
    Datatype = 0x03,
    Link = 0x06,
    ExternalFiles = 0x07,
    Layout = 0x08,
    Filters = 0x0B,
    Attribute = 0x0C,
    Continuation = 0x10,
    SymbolTable = 0x11,
    AttributeInfo = 0x15,
}

/// <summary>Reads an object's header, old and new (sections IV.A.1.a and b), with its continuation blocks.</summary>
internal sealed class H5ObjectHeader
{
    private const int MaxMessages = 1 << 16;
    private const int OldPrefix = 16;
    private const int OldMessageHeader = 8;
    private const int ChecksumLength = 4;

    private readonly H5Space _space;
    private readonly List<H5Message> _messages = [];
    private readonly Queue<(long Address, long Length)> _blocks = [];
    private readonly HashSet<long> _seen = [];

    private H5ObjectHeader(H5Space space) => _space = space;

    public static IReadOnlyList<H5Message> Read(H5Space space, long address) => new H5ObjectHeader(space).Read(address);

    private List<H5Message> Read(long address)
    {
        var start = _space.Cursor(address, OldPrefix, "an object header");
        if (start.UInt8() == 1) ReadOld(address, ref start);
        else ReadNew(address);
        return _messages;
    }

    private void ReadOld(long address, ref ByteCursor start)
    {
        start.Skip(7);
        Enqueue((ulong)address + OldPrefix, start.UInt32());
        while (_blocks.TryDequeue(out var block))
        {
            var cursor = _space.Cursor(block.Address, block.Length, "an object header's block");
            while (cursor.Remaining >= OldMessageHeader)
            {
                var (type, length, flags) = (cursor.UInt16(), cursor.UInt16(), cursor.UInt8());
                cursor.Skip(3);
                Add(type, flags, ref cursor, length);
            }
        }
    }

    private void ReadNew(long address)
    {
        var cursor = _space.Cursor(address, Math.Min(_space.End - address, 34), "an object header");
        H5Space.Expect(ref cursor, "OHDR"u8, "an object header");
        if (cursor.UInt8() != 2) throw H5Space.Malformed("an object header has another version than 1 and 2", address);
        var flags = cursor.UInt8();
        cursor.Skip(((flags & 0x20) != 0 ? 16 : 0) + ((flags & 0x10) != 0 ? 4 : 0));
        var length = cursor.UInt(1 << (flags & 3));
        ReadNewBlock(address, cursor.Position, length, flags);
        while (_blocks.TryDequeue(out var block)) ReadNewBlock(block.Address, 4, (ulong)block.Length - 4 - ChecksumLength, flags);
    }

    /// <summary>Reads a block of messages between its prefix and its checksum.</summary>
    private void ReadNewBlock(long address, int prefix, ulong length, byte headerFlags)
    {
        if (length > (ulong)_space.End) throw H5Space.Malformed($"an object header's block is said to have {length} bytes", address);
        var bytes = _space.Read(address, prefix + (long)length + ChecksumLength, "an object header's block");
        if (BitConverter.ToUInt32(bytes, bytes.Length - ChecksumLength) != JenkinsHash.Of(bytes.AsSpan(0, bytes.Length - ChecksumLength)))
            throw H5Space.Malformed("an object header's checksum is wrong", address);
        var cursor = new ByteCursor(bytes.AsSpan(0, bytes.Length - ChecksumLength), H5File.Refusals, address) { Position = prefix };
        var tracked = (headerFlags & 4) != 0 ? 2 : 0;
        while (cursor.Remaining >= 4 + tracked)
        {
            var (type, size, flags) = (cursor.UInt8(), cursor.UInt16(), cursor.UInt8());
            cursor.Skip(tracked);
            Add(type, flags, ref cursor, size);
        }
    }

    private void Add(int type, byte flags, ref ByteCursor cursor, int length)
    {
        var offset = cursor.Offset;
        var data = cursor.Take(length);
        if (_messages.Count == MaxMessages) throw H5Space.Malformed($"an object has more than {MaxMessages} header messages", offset);
        if (type == (int)H5MessageType.Continuation) Continue(data, offset);
        else if (Enum.IsDefined((H5MessageType)type)) _messages.Add(new((H5MessageType)type, flags, data.ToArray(), offset));
    }

    private void Continue(ReadOnlySpan<byte> data, long offset)
    {
        var cursor = new ByteCursor(data, H5File.Refusals, offset);
        Enqueue(cursor.UInt64(), cursor.UInt64());
    }

    private void Enqueue(ulong address, ulong length)
    {
        var at = _space.Address(address, "an object header's block");
        if (length < OldMessageHeader || !_space.Holds(address, length))
            throw H5Space.Malformed($"an object header's block of {length} bytes does not fit", at);
        if (!_seen.Add(at)) throw H5Space.Malformed("an object header goes round in a circle", at);
        _blocks.Enqueue((at, (long)length));
    }
}

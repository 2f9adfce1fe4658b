using DeepGpu.Formats.Bytes;

namespace DeepGpu.Formats.Hdf5;

/// <summary>Lists the links of an old-style group: a version 1 B-tree of symbol table nodes,
/// with the names in a local heap (sections III.A.1, III.B, III.D).</summary>
internal sealed class H5SymbolTable
{
    private const int GroupNode = 0;
    private const int MaxLevel = 16;
    private const int MaxLinks = 1 << 20;
    private const int TreeHeaderLength = 24;
    private const int NodeHeaderLength = 8;
    private const int EntryLength = 40;
    private const int HeapHeaderLength = 32;
    private const int SoftLinkCache = 2;

    private readonly H5Space _space;
    private readonly string _path;
    private readonly byte[] _names;
    private int _namesLeft;
    private readonly List<H5Link> _links = [];
    private readonly HashSet<long> _nodes = [];

    private H5SymbolTable(H5Space space, string path, ulong heap)
    {
        (_space, _path, _names) = (space, path, Names(space, heap));
        _namesLeft = _names.Length;
    }

    public static IReadOnlyList<H5Link> Read(H5Space space, H5Message message, string path)
    {
        var cursor = message.Cursor();
        var tree = cursor.UInt64();
        var table = new H5SymbolTable(space, path, cursor.UInt64());
        table.Tree(tree, MaxLevel);
        return table._links;
    }

    private static byte[] Names(H5Space space, ulong heap)
    {
        var cursor = space.Cursor(space.Address(heap, "a group's names"), HeapHeaderLength, "a group's names");
        H5Space.Expect(ref cursor, "HEAP"u8, "a group's names");
        cursor.Skip(4);
        var length = cursor.UInt64();
        cursor.Skip(8);
        var address = space.Address(cursor.UInt64(), "a group's names");
        return space.Read(address, (long)Math.Min(length, long.MaxValue), "a group's names");
    }

    private void Tree(ulong raw, int maxLevel)
    {
        var address = Visit(raw);
        var header = _space.Cursor(address, TreeHeaderLength, "a group's list");
        H5Space.Expect(ref header, "TREE"u8, "a group's list");
        var (type, level, count) = (header.UInt8(), header.UInt8(), header.UInt16());
        if (type != GroupNode || level > maxLevel) throw H5Space.Malformed($"a group's list has type {type} and level {level}", address);
        var cursor = _space.Cursor(address + TreeHeaderLength, count * 16L, "a group's list");
        for (var i = 0; i < count; i++)
        {
            cursor.Skip(8);
            var child = cursor.UInt64();
            if (level > 0) Tree(child, level - 1);
            else Node(child);
        }
    }

    private void Node(ulong raw)
    {
        var address = Visit(raw);
        var header = _space.Cursor(address, NodeHeaderLength, "a group's entries");
        H5Space.Expect(ref header, "SNOD"u8, "a group's entries");
        header.Skip(2);
        var count = header.UInt16();
        var cursor = _space.Cursor(address + NodeHeaderLength, (long)count * EntryLength, "a group's entries");
        for (var i = 0; i < count; i++) Entry(ref cursor);
        if (_links.Count > MaxLinks) throw H5Space.Malformed($"a group has more than {MaxLinks} entries", address);
    }

    private void Entry(ref ByteCursor cursor)
    {
        var offset = cursor.Offset;
        var (nameOffset, address, cache) = (cursor.UInt64(), cursor.UInt64(), cursor.UInt32());
        cursor.Skip(20);
        if (nameOffset >= (ulong)_names.Length) throw H5Space.Malformed("a name lies outside its group's names", offset);
        var name = Name((int)nameOffset, offset);
        if (cache == SoftLinkCache) throw H5Links.Refuse(1, _path, name, offset);
        if (cache > SoftLinkCache) throw H5Space.Malformed($"an entry of a group has kind {cache}", offset);
        _links.Add(new(H5Links.CheckName(name, _path, offset), _space.Address(address, H5Links.Join(_path, name))));
    }

    /// <summary>A name up to its zero byte. Names do not share bytes, so together they are no longer than the heap.</summary>
    private string Name(int start, long offset)
    {
        var bytes = _names.AsSpan(start);
        var length = bytes.IndexOf((byte)0);
        if (length < 0) throw H5Space.Malformed("a name does not end", offset);
        _namesLeft -= length;
        if (_namesLeft < 0) throw H5Space.Malformed("the names of a group share bytes", offset);
        return H5GlobalHeap.Decode(bytes[..length], offset);
    }

    private long Visit(ulong raw)
    {
        var address = _space.Address(raw, "a group's list");
        return _nodes.Add(address) ? address : throw H5Space.Malformed("a group's list goes round in a circle", address);
    }
}

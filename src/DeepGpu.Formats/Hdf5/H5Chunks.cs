using DeepGpu.Formats.Bytes;

namespace DeepGpu.Formats.Hdf5;

/// <summary>Where one chunk is.</summary>
internal readonly record struct H5Chunk(long Address, uint StoredLength, uint FilterMask, long[] Start);

/// <summary>The chunks of a dataset, listed by a version 1 B-tree (section III.A.1). All must be there: weights have no gaps.</summary>
internal sealed class H5Chunks
{
    private const int ChunkNode = 1;
    private const int MaxLevel = 16;
    private const int HeaderLength = 24;

    private readonly H5Space _space;
    private readonly H5Chunked _layout;
    private readonly string _name;
    private readonly long[] _shape;
    private readonly List<H5Chunk> _chunks = [];
    private readonly HashSet<long> _nodes = [];
    private readonly HashSet<long> _places = [];

    private H5Chunks(H5Space space, H5Chunked layout, long[] shape, string name)
        => (_space, _layout, _shape, _name) = (space, layout, shape, name);

    public static IReadOnlyList<H5Chunk> Read(H5Space space, H5Chunked layout, long[] shape, long expected, string name)
    {
        var chunks = new H5Chunks(space, layout, shape, name);
        if (layout.Index != H5Space.Undefined) chunks.Node(layout.Index, MaxLevel);
        return chunks._chunks.Count == expected
            ? chunks._chunks
            : throw H5File.Refusals.Because("shape_bomb", $"Every one of a dataset's {expected} chunks must be stored,",
                $"but only {chunks._chunks.Count} are.", name);
    }

    private void Node(ulong raw, int maxLevel)
    {
        var address = _space.Address(raw, "a chunk list");
        if (!_nodes.Add(address)) throw H5Space.Malformed("a chunk list goes round in a circle", address);
        var header = _space.Cursor(address, HeaderLength, "a chunk list");
        H5Space.Expect(ref header, "TREE"u8, "a chunk list");
        var (type, level, count) = (header.UInt8(), header.UInt8(), header.UInt16());
        if (type != ChunkNode || level > maxLevel) throw H5Space.Malformed($"a chunk list has type {type} and level {level}", address);
        var entry = 8 + 8 * (_shape.Length + 1) + 8;
        var cursor = _space.Cursor(address + HeaderLength, (long)count * entry, "a chunk list");
        for (var i = 0; i < count; i++) Child(ref cursor, level);
    }

    private void Child(ref ByteCursor cursor, int level)
    {
        var (length, mask) = (cursor.UInt32(), cursor.UInt32());
        var start = new long[_shape.Length];
        for (var axis = 0; axis < start.Length; axis++) start[axis] = (long)cursor.UInt64();
        cursor.Skip(8);
        var address = cursor.UInt64();
        if (level > 0) Node(address, level - 1);
        else Add(new(_space.Address(address, "a chunk"), length, mask, start));
    }

    private void Add(H5Chunk chunk)
    {
        if (!_space.Holds((ulong)chunk.Address, chunk.StoredLength))
            throw H5Space.Malformed($"a chunk of '{StrictJson.Printable(_name)}' does not fit the file", chunk.Address);
        if (!_places.Add(Place(chunk))) throw H5Space.Malformed($"'{StrictJson.Printable(_name)}' has a chunk twice", chunk.Address);
        _chunks.Add(chunk);
    }

    /// <summary>Its number among all chunks of the dataset.</summary>
    private long Place(H5Chunk chunk)
    {
        var place = 0L;
        for (var axis = 0; axis < _shape.Length; axis++)
        {
            var (start, size) = (chunk.Start[axis], _layout.Chunk[axis]);
            if (start < 0 || start >= _shape[axis] || start % size != 0)
                throw H5Space.Malformed($"a chunk of '{StrictJson.Printable(_name)}' lies outside its dataset", chunk.Address);
            place = unchecked(place * (_shape[axis] / size + 1) + start / size);
        }

        return place;
    }
}

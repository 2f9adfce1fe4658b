using DeepGpu.Formats.Bytes;

namespace DeepGpu.Formats.Hdf5;

/// <summary>Writes HDF5 files as h5py writes them by default: superblock 0, symbol-table groups, contiguous datasets,
/// texts of any length in attributes.</summary>
internal sealed class H5Writer
{
    private const int SuperblockLength = 96;
    private const int LeafK = 4;
    private const int InternalK = 16;

    private readonly H5Output _output = new();

    /// <summary>Where a written group's header, list and names are.</summary>
    internal readonly record struct Placed(long Header, long Tree, long Heap)
    {
        public bool IsGroup => Tree != 0;
    }

    /// <summary>Writes a file from its start; the stream need not seek.</summary>
    public static void Write(Stream stream, H5Builder root)
    {
        var writer = new H5Writer();
        var superblock = new byte[SuperblockLength];
        writer._output.Place(superblock);
        var placed = writer.Group(root);
        Superblock(placed, writer._output.Position).CopyTo(superblock, 0);
        writer._output.CopyTo(stream);
    }

    private static byte[] Superblock(Placed root, long end) => Entry(
        new ByteWriter().Bytes([0x89, (byte)'H', (byte)'D', (byte)'F', 0x0d, 0x0a, 0x1a, 0x0a])
            .UInt32(0).UInt8(0).UInt8(8).UInt8(8).UInt8(0)
            .UInt16(LeafK).UInt16(InternalK).UInt32(0)
            .UInt64(0).UInt64(H5Space.Undefined).Address(end).UInt64(H5Space.Undefined),
        nameOffset: 0,
        root).ToArray();

    /// <summary>A symbol table entry; a group's also says where its list and names are.</summary>
    private static ByteWriter Entry(ByteWriter writer, int nameOffset, Placed target)
        => writer.Address(nameOffset).Address(target.Header).UInt32(target.IsGroup ? 1 : 0).UInt32(0)
            .Address(target.Tree).Address(target.Heap);

    private Placed Group(H5Builder group)
    {
        var children = new SortedDictionary<string, Placed>(StringComparer.Ordinal);
        foreach (var (name, values) in group.Datasets) children.Add(name, new(H5DatasetWriter.Place(_output, values), 0, 0));
        foreach (var (name, inner) in group.Groups) children.Add(name, Group(inner));
        var (heap, offsets) = Names(children.Keys);
        var tree = Tree(children, offsets);
        var messages = new List<byte[]> { H5MessageWriter.Message(H5MessageType.SymbolTable,
            new ByteWriter().Address(tree).Address(heap)) };
        messages.AddRange(H5MessageWriter.Attributes(_output, group.Attributes));
        return new(_output.Place(H5MessageWriter.Header(messages)), tree, heap);
    }

    /// <summary>Writes the names and gives where each starts; the empty text at 0 is the list's lowest key.</summary>
    private (long Heap, List<int> Offsets) Names(IEnumerable<string> names)
    {
        const int NoFreeBlock = 1;
        var (text, offsets) = (new ByteWriter().UInt64(0), new List<int>());
        foreach (var name in names)
        {
            offsets.Add(text.Length);
            text.Bytes(System.Text.Encoding.UTF8.GetBytes(name)).UInt8(0).Align(8);
        }

        var data = _output.Place(text.ToArray());
        return (_output.Place(new ByteWriter().Bytes("HEAP"u8).UInt32(0).UInt64((ulong)text.Length).UInt64(NoFreeBlock)
            .Address(data).ToArray()), offsets);
    }

    /// <summary>Writes the entries in nodes of 2 x LeafK, and above them a tree of nodes of 2 x InternalK.</summary>
    private long Tree(SortedDictionary<string, Placed> children, List<int> offsets)
    {
        var level = children.Values.Zip(offsets).Chunk(2 * LeafK).Select(Leaf).ToList();
        for (var height = 0; ; height++)
        {
            level = Level(level, height);
            if (level.Count == 1) return level[0].Address;
        }
    }

    private (long Address, int LastName) Leaf((Placed Target, int Name)[] entries)
    {
        var node = new ByteWriter().Bytes("SNOD"u8).UInt8(1).UInt8(0).UInt16(entries.Length);
        foreach (var (target, name) in entries) Entry(node, name, target);
        return (_output.Place(node.PadTo(8 + 2 * LeafK * 40).ToArray()), entries[^1].Name);
    }

    private List<(long Address, int LastName)> Level(List<(long Address, int LastName)> below, int height)
    {
        const int NodeLength = 24 + 2 * InternalK * 16 + 8;
        var groups = below.Count == 0 ? [[]] : below.Chunk(2 * InternalK).ToList();
        var (start, key, nodes) = (_output.Position, 0, new List<(long, int)>());
        for (var i = 0; i < groups.Count; i++)
        {
            var node = new ByteWriter().Bytes("TREE"u8).UInt8(0).UInt8(height).UInt16(groups[i].Length)
                .UInt64(i == 0 ? H5Space.Undefined : (ulong)(start + (i - 1) * NodeLength))
                .UInt64(i == groups.Count - 1 ? H5Space.Undefined : (ulong)(start + (i + 1) * NodeLength))
                .Address(key);
            foreach (var (address, lastName) in groups[i]) node.Address(address).Address(key = lastName);
            nodes.Add((_output.Place(node.PadTo(NodeLength).ToArray()), key));
        }

        return nodes;
    }
}

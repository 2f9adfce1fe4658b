using System.Collections.Immutable;

namespace DeepGpu.Formats;

/// <summary>Walks a file from its root: each group once, to a bounded depth, each dataset checked.</summary>
internal sealed class H5Tree
{
    private const int MaxDepth = 32;
    private const int MaxObjects = 1 << 20;

    private readonly H5Space _space;
    private readonly H5Attributes _attributes;
    private readonly HashSet<long> _groups = [];
    private readonly List<StoredTensor> _tensors = [];

    private H5Tree(H5Space space)
    {
        _space = space;
        _attributes = new(space);
    }

    public static (H5Group Root, IReadOnlyList<StoredTensor> Tensors) Read(ByteSource source)
    {
        var (space, root) = H5Superblock.Read(source);
        var tree = new H5Tree(space);
        var group = tree.Group(root, H5ObjectHeader.Read(space, root), "", 0);
        SharedBytes.Check(tree._tensors.Where(tensor => tensor.Bytes is PlainBytes).Select(tensor => tensor.Entry),
            source.Length, H5File.Refusals);
        return (group, tree._tensors);
    }

    private H5Group Group(long address, IReadOnlyList<H5Message> messages, string path, int depth)
    {
        if (depth > MaxDepth)
            throw H5File.Refusals.Because("too_deep", $"Groups may nest {MaxDepth} levels,", "but nest deeper.", path, address);
        if (!_groups.Add(address))
            throw H5File.Refusals.Because("group_cycle", "A group may appear once in a file,",
                "but this one is also elsewhere, perhaps above itself.", path, address);
        if (_groups.Count + _tensors.Count > MaxObjects) throw H5Space.Malformed($"there are more than {MaxObjects} objects", address);
        var groups = ImmutableArray.CreateBuilder<H5Group>();
        var datasets = ImmutableArray.CreateBuilder<TensorEntry>();
        foreach (var link in H5Links.Read(_space, messages, path).OrderBy(link => link.Name, StringComparer.Ordinal))
        {
            var header = H5ObjectHeader.Read(_space, link.Address);
            if (H5Dataset.Is(header)) datasets.Add(Dataset(link.Address, header, H5Links.Join(path, link.Name)));
            else groups.Add(Group(link.Address, header, H5Links.Join(path, link.Name), depth + 1));
        }

        return new(path) { Attributes = Attributes(messages), Groups = groups.ToImmutable(), Datasets = datasets.ToImmutable() };
    }

    private TensorEntry Dataset(long address, IReadOnlyList<H5Message> messages, string path)
    {
        var isBFloat16 = Attributes(messages).Any(attribute => attribute is { Name: "dtype", Texts: ["bfloat16"] });
        var tensor = H5Dataset.Read(_space, messages, path, isBFloat16, address);
        _tensors.Add(tensor);
        return tensor.Entry;
    }

    private ImmutableArray<H5AttributeValue> Attributes(IReadOnlyList<H5Message> messages)
    {
        foreach (var info in messages.Where(message => message.Type == H5MessageType.AttributeInfo)) CheckCompact(info);
        var attributes = messages.Where(message => message.Type == H5MessageType.Attribute).Select(_attributes.Read).ToImmutableArray();
        var twice = attributes.GroupBy(attribute => attribute.Name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1);
        return twice is null
            ? attributes
            : throw H5File.Refusals.Because("duplicate_name", "An attribute may appear once,", "but appears again.", twice.Key);
    }

    private static void CheckCompact(H5Message message)
    {
        var cursor = message.Cursor();
        cursor.Skip(1);
        cursor.Skip((cursor.UInt8() & 1) != 0 ? 2 : 0);
        if (cursor.UInt64() != H5Space.Undefined)
            throw H5Space.Unsupported("the attribute storage of libver='latest' for many attributes", message.Offset);
    }
}

namespace DeepGpu.Formats.Hdf5;

/// <summary>A name in a group and the address of the object's header.</summary>
internal readonly record struct H5Link(string Name, long Address);

/// <summary>Lists a group's links, old and new. The kind of each is looked at before anything is opened:
/// only hard links are followed.</summary>
internal static class H5Links
{
    private const int SoftLink = 1;
    private const int ExternalLink = 64;

    public static IReadOnlyList<H5Link> Read(H5Space space, IReadOnlyList<H5Message> messages, string path)
    {
        var links = new List<H5Link>();
        foreach (var message in messages)
        {
            if (message.Type == H5MessageType.Link) links.Add(One(space, message, path));
            if (message.Type == H5MessageType.LinkInfo) CheckCompact(message, 8, "the link storage of libver='latest' for large groups");
            if (message.Type == H5MessageType.SymbolTable) links.AddRange(H5SymbolTable.Read(space, message, path));
        }

        return Distinct(links, path);
    }

    private static List<H5Link> Distinct(List<H5Link> links, string path)
    {
        var twice = links.GroupBy(link => link.Name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1);
        return twice is null
            ? links
            : throw H5File.Refusals.Because("duplicate_name", "A name may appear once in a group,",
                "but appears again.", Join(path, twice.Key));
    }

    /// <summary>The path of a name inside a group.</summary>
    public static string Join(string path, string name) => path.Length == 0 ? name : $"{path}/{name}";

    /// <summary>A link that stands for another place is refused by what it is, and its target is not looked at.</summary>
    public static ModelFormatException Refuse(int kind, string path, string name, long offset) => kind switch
    {
        SoftLink => H5File.Refusals.Because("soft_link", "A group may hold groups and datasets,",
            "but this is a soft link, which was not followed.", Join(path, name), offset),
        ExternalLink => H5File.Refusals.Because("external_link", "A group may hold groups and datasets of its own file,",
            "but this is an external link, which was not opened.", Join(path, name), offset),
        _ => H5File.Refusals.Because("unsupported_link", "A group may hold groups and datasets,",
            $"but this is a link of kind {kind}.", Join(path, name), offset),
    };

    /// <summary>A name that can be a part of a path.</summary>
    public static string CheckName(string name, string path, long offset) => name is not ("" or "." or "..") && !name.Contains('/')
        ? name
        : throw H5File.Refusals.Because("path_escape", "A name in a group must be one part of a path,",
            $"but is '{StrictJson.Printable(name)}'.", Join(path, name), offset);

    private static H5Link One(H5Space space, H5Message message, string path)
    {
        var cursor = message.Cursor();
        var (version, flags) = (cursor.UInt8(), cursor.UInt8());
        if (version != 1) throw H5Space.Malformed($"a link has version {version}", message.Offset);
        var kind = (flags & 8) != 0 ? cursor.UInt8() : 0;
        cursor.Skip(((flags & 4) != 0 ? 8 : 0) + ((flags & 16) != 0 ? 1 : 0));
        var length = cursor.UInt(1 << (flags & 3));
        var name = H5GlobalHeap.Decode(cursor.Take((int)Math.Min(length, int.MaxValue)), message.Offset);
        if (kind != 0) throw Refuse(kind, path, name, message.Offset);
        return new(CheckName(name, path, message.Offset), space.Address(cursor.UInt64(), Join(path, name)));
    }

    /// <summary>Makes sure that what a message counts lies beside it, not in a heap of its own.</summary>
    /// <param name="message">The message.</param>
    /// <param name="orderLength">The bytes of the largest number of its creation order, where it has one.</param>
    /// <param name="storage">What is refused else.</param>
    public static void CheckCompact(H5Message message, int orderLength, string storage)
    {
        var cursor = message.Cursor();
        cursor.Skip(1);
        cursor.Skip((cursor.UInt8() & 1) != 0 ? orderLength : 0);
        if (cursor.UInt64() != H5Space.Undefined) throw H5Space.Unsupported(storage, message.Offset);
    }
}

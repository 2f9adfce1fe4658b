using DeepGpu.Formats.Bytes;
using DeepGpu.Formats.Tensors;

namespace DeepGpu.Formats.Hdf5;

/// <summary>Checks one dataset: type, shape, and that its bytes are in the file before anything of their size is made.</summary>
internal static class H5Dataset
{
    /// <summary>Whether an object's header is a dataset's.</summary>
    public static bool Is(IReadOnlyList<H5Message> messages)
        => messages.Any(message => message.Type is H5MessageType.Layout or H5MessageType.Datatype or H5MessageType.Dataspace);

    public static StoredTensor Read(H5Space space, IReadOnlyList<H5Message> messages, string name, bool isBFloat16, long address)
    {
        if (Find(messages, H5MessageType.ExternalFiles) is { } external)
            throw H5File.Refusals.Because("external_storage", "A dataset's bytes must be in its own file,",
                "but these are in another, which was not opened.", name, external.Offset);
        var layout = Field(messages, H5MessageType.Layout, name, address, (ref cursor) => H5Layout.Read(ref cursor, name));
        var type = Field(messages, H5MessageType.Datatype, name, address, (ref cursor) => H5Datatype.Read(ref cursor));
        var shape = Field(messages, H5MessageType.Dataspace, name, address, (ref cursor) => H5Dataspace.Read(ref cursor, name));
        var filters = Find(messages, H5MessageType.Filters) is null
            ? new()
            : Field(messages, H5MessageType.Filters, name, address, (ref cursor) => H5Filters.Read(ref cursor, name));
        if (isBFloat16) type = type.AsBFloat16();
        if (type.Kind != H5Datatype.Content.Number)
            throw H5File.Refusals.Because("wrong_dtype", "A dataset of weights must hold numbers,",
                $"but holds {type.Description}.", name, address);
        var length = TensorSize.Bytes(shape, type.Size, name, H5File.Refusals);
        return new(new(name, type.Type, [.. shape]), Bytes(space, layout, filters, type, shape, length, name, address));
    }

    private delegate T FieldReader<out T>(ref ByteCursor cursor);

    private static T Field<T>(IReadOnlyList<H5Message> messages, H5MessageType type, string name, long address, FieldReader<T> read)
    {
        var message = Find(messages, type) ?? throw H5Space.Malformed($"dataset '{StrictJson.Printable(name)}' has no {type}", address);
        var cursor = message.Cursor();
        return read(ref cursor);
    }

    private static H5Message? Find(IReadOnlyList<H5Message> messages, H5MessageType type)
        => messages.FirstOrDefault(message => message.Type == type);

    private static ITensorBytes Bytes(H5Space space, H5Layout layout, H5Filters filters, H5Datatype type, long[] shape,
        long length, string name, long address)
        => layout switch
        {
            H5Chunked chunked =>
                length == 0 ? new PlainBytes(space.Source, 0) : H5ChunkedBytes.Check(space, chunked, filters, type, shape, name),
            H5Contiguous contiguous => Contiguous(space, contiguous, type, length, name, address),
            H5Compact compact when compact.Data.Length >= length => Plain(ByteSource.OfMemory(compact.Data), 0, type),
            _ => throw Shape(name, length, ((H5Compact)layout).Data.Length, address),
        };

    private static PlainBytes Contiguous(H5Space space, H5Contiguous layout, H5Datatype type, long length, string name, long address)
    {
        if (length == 0) return new(space.Source, 0);
        if (layout.Address == H5Space.Undefined || layout.Length != (ulong)length)
            throw Shape(name, length, layout.Address == H5Space.Undefined ? 0 : layout.Length, address);
        if (!space.Holds(layout.Address, layout.Length))
            throw H5File.Refusals.Because("truncated", "A dataset's bytes must lie inside the file,",
                $"but {layout.Length} bytes at {layout.Address} do not.", name, address);
        return Plain(space.Source, (long)layout.Address, type);
    }

    private static PlainBytes Plain(ByteSource source, long offset, H5Datatype type)
        => new(source, offset, type.IsBigEndian ? type.Size : 1);

    private static ModelFormatException Shape(string name, long needed, object stored, long address)
        => H5File.Refusals.Because("shape_bomb", $"A dataset's shape needs {needed} bytes,", $"but {stored} are stored.", name, address);
}

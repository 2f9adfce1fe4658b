using System.Collections.Immutable;
using DeepGpu.Formats.Bytes;
using DeepGpu.Formats.Tensors;

namespace DeepGpu.Formats.Hdf5;

/// <summary>Reads attributes (section IV.A.2.m).</summary>
internal sealed class H5Attributes(H5Space space)
{
    /// <summary>How long all texts may be together, counted again for each mention: as long as the file, save in small files.</summary>
    private const long MinTextLimit = 1 << 20;

    private readonly H5GlobalHeap _heap = new(space);
    private long _textLeft = Math.Max(MinTextLimit, space.End);

    public H5AttributeValue Read(H5Message message)
    {
        var cursor = message.Cursor();
        var (version, flags) = (cursor.UInt8(), cursor.UInt8());
        var (nameLength, typeLength, spaceLength) = (cursor.UInt16(), cursor.UInt16(), cursor.UInt16());
        if (version is < 1 or > 3) throw H5Space.Malformed($"an attribute has version {version}", message.Offset);
        if (version == 3) cursor.Skip(1);
        var padding = version == 1 ? 8 : 1;
        var name = H5GlobalHeap.Decode(cursor.Take(Padded(nameLength, padding)), message.Offset);
        if (version > 1 && (flags & 3) != 0) return new(name);
        var typeCursor = new ByteCursor(cursor.Take(Padded(typeLength, padding)), H5File.Refusals, cursor.Offset);
        var spaceCursor = new ByteCursor(cursor.Take(Padded(spaceLength, padding)), H5File.Refusals, cursor.Offset);
        return Value(name, H5Datatype.Read(ref typeCursor), H5Dataspace.Read(ref spaceCursor, name), ref cursor);
    }

    private static int Padded(int length, int padding) => (length + padding - 1) / padding * padding;

    private H5AttributeValue Value(string name, H5Datatype type, long[] shape, ref ByteCursor data)
    {
        if (type.Kind is H5Datatype.Content.Opaque or H5Datatype.Content.Other) return new(name);
        var length = TensorSize.Bytes(shape, type.Size, name, H5File.Refusals);
        if (length > data.Remaining)
            throw H5Space.Malformed($"attribute '{StrictJson.Printable(name)}' needs {length} bytes where {data.Remaining} are",
                data.Offset);
        var values = data.Take((int)length);
        return type.Kind == H5Datatype.Content.Number
            ? new(name) { Numbers = Numbers(type, shape, values) }
            : new(name) { Texts = Texts(name, type, new(values, H5File.Refusals, data.Offset - length)) };
    }

    private static NDArray Numbers(H5Datatype type, long[] shape, ReadOnlySpan<byte> values)
    {
        var bytes = values.ToArray();
        if (type.IsBigEndian) ByteOrder.Reverse(bytes, type.Size);
        return new(type.Type, [.. shape.Select(length => (int)length)], bytes);
    }

    private ImmutableArray<string> Texts(string name, H5Datatype type, ByteCursor values)
    {
        var texts = ImmutableArray.CreateBuilder<string>();
        while (values.Remaining > 0)
        {
            var text = type.Kind == H5Datatype.Content.VariableText
                ? _heap.Text(ref values)
                : H5GlobalHeap.Decode(values.Take(type.Size), values.Offset);
            Spend(text.Length, name, values.Offset);
            texts.Add(text);
        }

        return texts.ToImmutable();
    }

    private void Spend(int length, string name, long offset)
    {
        _textLeft -= length;
        if (_textLeft < 0)
            throw H5File.Refusals.Because("expansion_bomb", "The attributes' texts may be as long as the file,",
                "but repeat it.", name, offset);
    }
}

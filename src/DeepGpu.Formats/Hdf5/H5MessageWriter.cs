using System.Text;
using DeepGpu.Formats.Bytes;

namespace DeepGpu.Formats.Hdf5;

/// <summary>Writes object headers (version 1) and their messages.</summary>
internal static class H5MessageWriter
{
    private const int ReferenceLength = 16;
    private const int MaxHeapObjects = 0xFFFF;
    private const int MinCollection = 4096;

    /// <summary>A header of some messages.</summary>
    public static byte[] Header(IReadOnlyList<byte[]> messages)
    {
        var header = new ByteWriter().UInt8(1).UInt8(0).UInt16(messages.Count).UInt32(1)
            .UInt32(messages.Sum(message => (long)message.Length)).UInt32(0);
        foreach (var message in messages) header.Bytes(message);
        return header.ToArray();
    }

    /// <summary>One message with its prefix.</summary>
    public static byte[] Message(H5MessageType type, ByteWriter data) => Message((int)type, data);

    /// <inheritdoc cref="Message(H5MessageType, ByteWriter)"/>
    public static byte[] Message(int type, ByteWriter data)
        => new ByteWriter().UInt16(type).UInt16(data.Align(8).Length).UInt32(0).Bytes(data.ToArray()).ToArray();

    /// <summary>A dataspace: the length of each axis.</summary>
    public static ByteWriter Dataspace(IReadOnlyList<int> shape)
    {
        var space = new ByteWriter().UInt8(1).UInt8(shape.Count).UInt16(0).UInt32(0);
        foreach (var length in shape) space.Address(length);
        return space;
    }

    /// <summary>The messages of some attributes; their texts go to a heap in front of the header.</summary>
    public static IEnumerable<byte[]> Attributes(H5Output output,
        IReadOnlyList<(string Name, IReadOnlyList<string> Texts, bool IsScalar)> attributes)
    {
        var references = Heap(output, attributes.SelectMany(attribute => attribute.Texts).ToList());
        var next = 0;
        foreach (var (name, texts, isScalar) in attributes)
        {
            var values = references.GetRange(next, texts.Count);
            next += texts.Count;
            yield return Attribute(name, isScalar ? [] : [texts.Count], values);
        }
    }

    private static byte[] Attribute(string name, int[] shape, IReadOnlyList<byte[]> values)
    {
        var nameBytes = Encoding.UTF8.GetBytes(name + '\0');
        var (type, space) = (TextType(), Dataspace(shape));
        var message = new ByteWriter().UInt8(1).UInt8(0).UInt16(nameBytes.Length).UInt16(type.Length).UInt16(space.Length)
            .Bytes(nameBytes).Align(8).Bytes(type.ToArray()).Align(8).Bytes(space.ToArray()).Align(8);
        foreach (var value in values) message.Bytes(value);
        return Message(H5MessageType.Attribute, message);
    }

    /// <summary>Texts of any length in UTF-8: a class 9 type over bytes.</summary>
    private static ByteWriter TextType()
        => new ByteWriter().UInt8(0x19).UInt8(1).UInt8(1).UInt8(0).UInt32(ReferenceLength).UInt8(0x10).UInt8(0).UInt16(0)
            .UInt32(1).UInt16(0).UInt16(8);

    /// <summary>Writes texts to heap collections and gives the reference to each.</summary>
    private static List<byte[]> Heap(H5Output output, List<string> texts)
    {
        var references = new List<byte[]>();
        foreach (var chunk in texts.Select(text => Encoding.UTF8.GetBytes(text)).Chunk(MaxHeapObjects))
        {
            var objects = new ByteWriter();
            for (var i = 0; i < chunk.Length; i++)
                objects.UInt16(i + 1).UInt16(0).UInt32(0).Address(chunk[i].Length).Bytes(chunk[i]).Align(8);
            var address = output.Place(Collection(objects.ToArray()));
            references.AddRange(chunk.Select((text, i) => new ByteWriter().UInt32(text.Length).Address(text.Length == 0 ? 0 : address)
                .UInt32(text.Length == 0 ? 0 : i + 1).ToArray()));
        }

        return references;
    }

    /// <summary>A collection of at least the least size, the rest of it being the free object 0.</summary>
    private static byte[] Collection(byte[] objects)
    {
        const int HeaderLength = 16;
        var length = Math.Max(MinCollection, HeaderLength + objects.Length + HeaderLength);
        return new ByteWriter().Bytes("GCOL"u8).UInt32(1).Address(length).Bytes(objects)
            .UInt64(0).Address(length - HeaderLength - objects.Length).PadTo(length).ToArray();
    }
}

using System.Buffers;
using System.Buffers.Binary;

namespace DeepGpu.Formats.Bytes;

/// <summary>Writes little-endian fields one after another.</summary>
internal sealed class ByteWriter
{
    private readonly ArrayBufferWriter<byte> _bytes = new();

    public int Length => _bytes.WrittenCount;

    public ByteWriter UInt8(int value) => Bytes([(byte)value]);

    public ByteWriter UInt16(int value)
    {
        Span<byte> field = stackalloc byte[sizeof(ushort)];
        BinaryPrimitives.WriteUInt16LittleEndian(field, checked((ushort)value));
        return Bytes(field);
    }

    public ByteWriter UInt32(long value)
    {
        Span<byte> field = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(field, checked((uint)value));
        return Bytes(field);
    }

    public ByteWriter UInt64(ulong value)
    {
        Span<byte> field = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(field, value);
        return Bytes(field);
    }

    public ByteWriter Address(long value) => UInt64((ulong)value);

    public ByteWriter Bytes(ReadOnlySpan<byte> bytes)
    {
        _bytes.Write(bytes);
        return this;
    }

    /// <summary>Adds zero bytes until the length is a multiple.</summary>
    public ByteWriter Align(int multiple) => PadTo((Length + multiple - 1) / multiple * multiple);

    /// <summary>Adds zero bytes until the length is reached.</summary>
    public ByteWriter PadTo(int length)
    {
        while (Length < length) UInt8(0);
        return this;
    }

    public byte[] ToArray() => _bytes.WrittenSpan.ToArray();
}

using System.Buffers.Binary;

namespace DeepGpu.Formats.Bytes;

/// <summary>Reads little-endian fields one after another; a field past the end is a typed refusal.</summary>
internal ref struct ByteCursor(ReadOnlySpan<byte> bytes, Refusals refusals, long origin = 0)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;

    public int Position { get; set; }

    public readonly int Remaining => _bytes.Length - Position;

    /// <summary>Where the next field is, counted from where the bytes' file starts.</summary>
    public readonly long Offset => origin + Position;

    public byte UInt8() => Take(1)[0];

    public ushort UInt16() => BinaryPrimitives.ReadUInt16LittleEndian(Take(2));

    public uint UInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(4));

    public ulong UInt64() => BinaryPrimitives.ReadUInt64LittleEndian(Take(8));

    /// <summary>An unsigned number of 1, 2, 4 or 8 bytes.</summary>
    public ulong UInt(int size) => size switch
    {
        1 => UInt8(),
        2 => UInt16(),
        4 => UInt32(),
        _ => UInt64(),
    };

    public void Skip(int count) => Take(count);

    public ReadOnlySpan<byte> Take(int count)
    {
        if (count < 0 || count > Remaining)
            throw refusals.Because("truncated", "A structure must be whole,",
                $"but {count} bytes are needed where {Remaining} remain.", offset: Offset);
        var taken = _bytes.Slice(Position, count);
        Position += count;
        return taken;
    }
}

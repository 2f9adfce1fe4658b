using System.Buffers.Binary;
using System.Numerics;
using System.Text;
using DeepGpu.Formats.Bytes;

namespace DeepGpu.Formats.Pytorch;

/// <summary>Reads the arguments of pickle opcodes. A length is compared with what remains before anything is allocated.</summary>
internal sealed class PickleReader(ByteSource source, long position)
{
    private const int BufferLength = 1 << 14;
    private const int MaxLine = 512;
    private const int MaxInteger = 256;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly byte[] _buffer = new byte[Math.Min(BufferLength, source.Length)];
    private long _bufferStart = -1;
    private int _bufferCount;

    public long Position { get; private set; } = position;

    public long Remaining => source.Length - Position;

    public byte Byte()
    {
        if (Remaining < 1) throw Truncated(1);
        if (_bufferStart < 0 || Position < _bufferStart || Position >= _bufferStart + _bufferCount) Refill();
        return _buffer[Position++ - _bufferStart];
    }

    public int UInt16() => BinaryPrimitives.ReadUInt16LittleEndian(Bytes(2));

    public int Int32() => BinaryPrimitives.ReadInt32LittleEndian(Bytes(4));

    public uint UInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Bytes(4));

    public double Float64BigEndian() => BinaryPrimitives.ReadDoubleBigEndian(Bytes(8));

    public string Text(uint length)
    {
        try
        {
            return Strict.GetString(Bytes(length));
        }
        catch (DecoderFallbackException e)
        {
            throw PthFile.Refusals.Because("pickle_malformed", "A text in a pickle must be valid UTF-8,", "but is not.",
                offset: Position - length, inner: e);
        }
    }

    /// <summary>A text of Python 2, whose bytes have no declared encoding: Latin-1 keeps each.</summary>
    public string ByteText(uint length) => Encoding.Latin1.GetString(Bytes(length));

    /// <summary>A two's complement number.</summary>
    public object Integer(uint length)
    {
        if (length > MaxInteger && length <= Remaining)
            throw PthFile.Refusals.Because("pickle_malformed", $"A number in a pickle may have {MaxInteger} bytes,",
                $"but one has {length}.", offset: Position);
        var value = new BigInteger(Bytes(length));
        return value >= long.MinValue && value <= long.MaxValue ? (long)value : value;
    }

    /// <summary>A line of a name.</summary>
    public string Line()
    {
        var text = new StringBuilder();
        for (var c = Byte(); c != '\n'; c = Byte())
        {
            if (text.Length == MaxLine)
                throw PthFile.Refusals.Because("pickle_malformed", $"A name in a pickle may have {MaxLine} characters,",
                    "but one goes on.", offset: Position);
            text.Append((char)c);
        }

        return text.ToString();
    }

    private byte[] Bytes(uint length)
    {
        if (length > Remaining) throw Truncated(length);
        var bytes = source.ReadBytes(Position, (int)length);
        Position += length;
        return bytes;
    }

    private void Refill()
    {
        _bufferStart = Position;
        _bufferCount = (int)Math.Min(_buffer.Length, Remaining);
        source.Read(Position, _buffer.AsSpan(0, _bufferCount));
    }

    private ModelFormatException Truncated(long needed)
        => PthFile.Refusals.Because("pickle_truncated", "A pickle must end with STOP,",
            $"but needs {needed} bytes where {Remaining} remain.", offset: Position);
}

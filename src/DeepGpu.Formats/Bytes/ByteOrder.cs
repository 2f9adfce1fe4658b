using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace DeepGpu.Formats.Bytes;

/// <summary>Turns elements from one byte order to the other.</summary>
internal static class ByteOrder
{
    /// <summary>Reverses the bytes of each element of 1, 2, 4 or 8 bytes in place.</summary>
    public static void Reverse(Span<byte> bytes, int elementSize)
    {
        switch (elementSize)
        {
            case 2:
                var two = MemoryMarshal.Cast<byte, ushort>(bytes);
                BinaryPrimitives.ReverseEndianness(two, two);
                break;
            case 4:
                var four = MemoryMarshal.Cast<byte, uint>(bytes);
                BinaryPrimitives.ReverseEndianness(four, four);
                break;
            case 8:
                var eight = MemoryMarshal.Cast<byte, ulong>(bytes);
                BinaryPrimitives.ReverseEndianness(eight, eight);
                break;
        }
    }
}

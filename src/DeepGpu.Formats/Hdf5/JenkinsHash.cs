using System.Buffers.Binary;
using System.Numerics;

namespace DeepGpu.Formats.Hdf5;

/// <summary>Bob Jenkins's lookup3 hash, the checksum of HDF5's newer structures (https://burtleburtle.net/bob/c/lookup3.c).
/// No package offers it.</summary>
internal static class JenkinsHash
{
    private const int Block = 12;
    private const uint Seed = 0xdeadbeef;

    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        var a = Seed + (uint)bytes.Length;
        var (b, c) = (a, a);
        while (bytes.Length > Block)
        {
            Add(bytes, ref a, ref b, ref c);
            Mix(ref a, ref b, ref c);
            bytes = bytes[Block..];
        }

        if (bytes.IsEmpty) return c;
        Span<byte> last = stackalloc byte[Block];
        last.Clear();
        bytes.CopyTo(last);
        Add(last, ref a, ref b, ref c);
        Finish(ref a, ref b, ref c);
        return c;
    }

    private static void Add(ReadOnlySpan<byte> bytes, ref uint a, ref uint b, ref uint c)
    {
        a += BinaryPrimitives.ReadUInt32LittleEndian(bytes);
        b += BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]);
        c += BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]);
    }

    private static void Mix(ref uint a, ref uint b, ref uint c)
    {
        Turn(ref a, ref c, b, 4);
        Turn(ref b, ref a, c, 6);
        Turn(ref c, ref b, a, 8);
        Turn(ref a, ref c, b, 16);
        Turn(ref b, ref a, c, 19);
        Turn(ref c, ref b, a, 4);
    }

    private static void Turn(ref uint x, ref uint y, uint z, int bits)
    {
        x = (x - y) ^ BitOperations.RotateLeft(y, bits);
        y += z;
    }

    private static void Finish(ref uint a, ref uint b, ref uint c)
    {
        Fold(ref c, b, 14);
        Fold(ref a, c, 11);
        Fold(ref b, a, 25);
        Fold(ref c, b, 16);
        Fold(ref a, c, 4);
        Fold(ref b, a, 14);
        Fold(ref c, b, 24);
    }

    private static void Fold(ref uint x, uint y, int bits) => x = (x ^ y) - BitOperations.RotateLeft(y, bits);
}

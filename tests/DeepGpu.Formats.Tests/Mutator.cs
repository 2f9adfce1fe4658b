using System.Buffers.Binary;

namespace DeepGpu.Formats.Fuzzing;

/// <summary>Damages bytes in the ways that break readers. The same random numbers give the same damage.</summary>
internal static class Mutator
{
    private const int MaxSteps = 4;

    private static readonly byte[] Bytes = [0x00, 0x7F, 0x80, 0xFF];
    private static readonly ulong[] Numbers = [0, 1, int.MaxValue, 1UL << 31, uint.MaxValue, long.MaxValue, 1UL << 63, ulong.MaxValue];

    /// <summary>A damaged copy.</summary>
    public static byte[] Mutate(byte[] valid, Random random)
    {
        var bytes = valid.ToArray();
        for (var steps = random.Next(1, MaxSteps + 1); steps > 0 && bytes.Length > 0; steps--) bytes = Step(bytes, random);
        return bytes;
    }

    private static byte[] Step(byte[] bytes, Random random)
    {
        var place = random.Next(bytes.Length);
        switch (random.Next(7))
        {
            case 0: bytes[place] ^= (byte)(1 << random.Next(8)); return bytes;
            case 1: bytes[place] = Bytes[random.Next(Bytes.Length)]; return bytes;
            case 2: bytes[place] = (byte)random.Next(256); return bytes;
            case 3: return bytes[..place];
            case 4: return Replace(bytes, place, random);
            case 5: return Repeat(bytes, place, random);
            default: return [.. bytes[..place], .. bytes[Math.Min(bytes.Length, place + random.Next(1, 33))..]];
        }
    }

    /// <summary>Replaces a number of 2, 4 or 8 bytes, in either byte order, by one at an edge.</summary>
    private static byte[] Replace(byte[] bytes, int place, Random random)
    {
        var field = new byte[8];
        var number = Numbers[random.Next(Numbers.Length)];
        if (random.Next(2) == 0) BinaryPrimitives.WriteUInt64LittleEndian(field, number);
        else BinaryPrimitives.WriteUInt64BigEndian(field, number);
        field.AsSpan(0, Math.Min(2 << random.Next(3), bytes.Length - place)).CopyTo(bytes.AsSpan(place));
        return bytes;
    }

    private static byte[] Repeat(byte[] bytes, int place, Random random)
    {
        var length = Math.Min(random.Next(1, 257), bytes.Length - place);
        return [.. bytes[..(place + length)], .. bytes[place..]];
    }
}

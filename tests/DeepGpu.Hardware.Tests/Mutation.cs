namespace DeepGpu.Hardware.Tests;

/// <summary>Damages bytes at random: a flipped bit, a byte of an extreme value, a cut, a doubled range.</summary>
internal static class Mutation
{
    private static readonly byte[] Extremes = [0x00, 0x22, 0x2C, 0x2D, 0x7F, 0x80, 0xFF];

    public static byte[] Of(byte[] original, Random random)
    {
        var place = random.Next(original.Length);
        var bytes = (byte[])original.Clone();
        switch (random.Next(4))
        {
            case 0:
                bytes[place] ^= (byte)(1 << random.Next(8));
                return bytes;
            case 1:
                bytes[place] = Extremes[random.Next(Extremes.Length)];
                return bytes;
            case 2:
                return bytes[..place];
            default:
                var end = random.Next(place, original.Length);
                return [.. bytes[..end], .. bytes[place..]];
        }
    }
}

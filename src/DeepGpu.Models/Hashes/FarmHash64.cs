using System.Buffers.Binary;
using static System.Numerics.BitOperations;

namespace DeepGpu.Models.Hashes;

/// <summary>FarmHash's 64-bit fingerprint, the same on every machine: how TensorFlow numbers texts. Pike and Alakuijala,
/// https://github.com/google/farmhash.</summary>
internal static class FarmHash64
{
    private const ulong K0 = 0xc3a5c85c97cb3127;
    private const ulong K1 = 0xb492b66fbe98f273;
    private const ulong K2 = 0x9ae16a3b2f90404f;
    private const int Block = 64;

    /// <summary>The fingerprint of some bytes.</summary>
    public static ulong Fingerprint(ReadOnlySpan<byte> s) => s.Length switch
    {
        <= 16 => UpTo16(s),
        <= 32 => UpTo32(s),
        <= Block => UpTo64(s),
        _ => Longer(s),
    };

    private static ulong UpTo16(ReadOnlySpan<byte> s)
    {
        var n = s.Length;
        if (n >= 8) return UpTo16(Long(s, 0), Long(s, n - 8), Multiplier(n));
        if (n >= 4) return Mixed((ulong)n + ((ulong)Word(s, 0) << 3), Word(s, n - 4), Multiplier(n));
        if (n == 0) return K2;
        var (y, z) = (s[0] + ((uint)s[n >> 1] << 8), (uint)n + ((uint)s[n - 1] << 2));
        return unchecked(Shifted(y * K2 ^ z * K0) * K2);
    }

    private static ulong UpTo16(ulong first, ulong last, ulong mul)
    {
        unchecked
        {
            var a = first + K2;
            return Mixed(Right(last, 37) * mul + a, (Right(a, 25) + last) * mul, mul);
        }
    }

    private static ulong UpTo32(ReadOnlySpan<byte> s)
    {
        unchecked
        {
            var (n, mul) = (s.Length, Multiplier(s.Length));
            var (a, b, c, d) = (Long(s, 0) * K1, Long(s, 8), Long(s, n - 8) * mul, Long(s, n - 16) * K2);
            return Mixed(Right(a + b, 43) + Right(c, 30) + d, a + Right(b + K2, 18) + c, mul);
        }
    }

    private static ulong UpTo64(ReadOnlySpan<byte> s)
    {
        unchecked
        {
            var (n, mul) = (s.Length, Multiplier(s.Length));
            var (a, b, c, d) = (Long(s, 0) * K2, Long(s, 8), Long(s, n - 8) * mul, Long(s, n - 16) * K2);
            var y = Right(a + b, 43) + Right(c, 30) + d;
            var z = Mixed(y, a + Right(b + K2, 18) + c, mul);
            var (e, f, g, h) = (Long(s, 16) * mul, Long(s, 24), (y + Long(s, n - 32)) * mul, (z + Long(s, n - 24)) * mul);
            return Mixed(Right(e + f, 43) + Right(g, 30) + h, e + Right(f + a, 18) + g, mul);
        }
    }

    /// <summary>Whole blocks, then the last 64 bytes, which overlap the block before where the length is no multiple.</summary>
    private static ulong Longer(ReadOnlySpan<byte> s)
    {
        var seed = 81UL;
        var state = unchecked(new State(seed * K2 + Long(s, 0), seed * K1 + 113));
        var last = (s.Length - 1) / Block * Block;
        for (var at = 0; at < last; at += Block) state.Add(s[at..], K1, 1);
        return state.Finish(s[^Block..], (ulong)(s.Length - 1) % Block);
    }

    private static ulong Multiplier(int length) => unchecked(K2 + (ulong)length * 2);

    private static ulong Mixed(ulong u, ulong v, ulong mul) => unchecked(Shifted((v ^ Shifted((u ^ v) * mul)) * mul) * mul);

    private static ulong Shifted(ulong value) => value ^ (value >> 47);

    private static ulong Right(ulong value, int bits) => RotateRight(value, bits);

    private static ulong Long(ReadOnlySpan<byte> s, int at) => BinaryPrimitives.ReadUInt64LittleEndian(s[at..]);

    private static uint Word(ReadOnlySpan<byte> s, int at) => BinaryPrimitives.ReadUInt32LittleEndian(s[at..]);

    /// <summary>What a long text is folded into, 64 bytes at a time.</summary>
    private struct State(ulong x, ulong y)
    {
        private ulong _z = unchecked(Shifted(y * K2 + 113) * K2);
        private (ulong First, ulong Second) _v;
        private (ulong First, ulong Second) _w;

        public void Add(ReadOnlySpan<byte> block, ulong mul, ulong weight)
        {
            unchecked
            {
                x = Right(x + y + _v.First + Long(block, 8), 37) * mul ^ _w.Second * weight;
                y = Right(y + _v.Second + Long(block, 48), 42) * mul + _v.First * weight + Long(block, 40);
                _z = Right(_z + _w.First, 33) * mul;
                _v = Folded(block, _v.Second * mul, x + _w.First);
                _w = Folded(block[32..], _z + _w.Second, y + Long(block, 16));
                (_z, x) = (x, _z);
            }
        }

        public ulong Finish(ReadOnlySpan<byte> block, ulong rest)
        {
            unchecked
            {
                var mul = K1 + ((_z & 0xff) << 1);
                _w.First += rest;
                _v.First += _w.First;
                _w.First += _v.First;
                Add(block, mul, 9);
                return Mixed(Mixed(_v.First, _w.First, mul) + Shifted(y) * K0 + _z, Mixed(_v.Second, _w.Second, mul) + x, mul);
            }
        }

        /// <summary>32 bytes folded into two numbers.</summary>
        private static (ulong First, ulong Second) Folded(ReadOnlySpan<byte> s, ulong a, ulong b)
        {
            unchecked
            {
                a += Long(s, 0);
                b = Right(b + a + Long(s, 24), 21);
                var first = a;
                a += Long(s, 8) + Long(s, 16);
                return (a + Long(s, 24), b + Right(a, 44) + first);
            }
        }
    }
}

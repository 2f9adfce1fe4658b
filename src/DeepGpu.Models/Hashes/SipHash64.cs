using System.Buffers.Binary;
using static System.Numerics.BitOperations;

namespace DeepGpu.Models.Hashes;

/// <summary>SipHash-2-4: a hash that cannot be foreseen without its key. Aumasson and Bernstein, 2012,
/// https://www.aumasson.jp/siphash/siphash.pdf.</summary>
internal static class SipHash64
{
    /// <summary>The hash of some bytes under a key of two numbers.</summary>
    public static ulong Hash(ReadOnlySpan<byte> s, ulong key0, ulong key1)
    {
        var state = new State(key0, key1);
        var whole = s.Length / 8 * 8;
        for (var at = 0; at < whole; at += 8) state.Add(BinaryPrimitives.ReadUInt64LittleEndian(s[at..]));
        state.Add(Tail(s[whole..], s.Length));
        return state.Finish();
    }

    /// <summary>The bytes that fill no word, and the length modulo 256 in the highest.</summary>
    private static ulong Tail(ReadOnlySpan<byte> rest, int length)
    {
        var word = (ulong)length << 56;
        for (var i = 0; i < rest.Length; i++) word |= (ulong)rest[i] << (8 * i);
        return word;
    }

    private struct State(ulong key0, ulong key1)
    {
        private ulong _v0 = key0 ^ 0x736f6d6570736575;
        private ulong _v1 = key1 ^ 0x646f72616e646f6d;
        private ulong _v2 = key0 ^ 0x6c7967656e657261;
        private ulong _v3 = key1 ^ 0x7465646279746573;

        public void Add(ulong word)
        {
            _v3 ^= word;
            Rounds(2);
            _v0 ^= word;
        }

        public ulong Finish()
        {
            _v2 ^= 0xff;
            Rounds(4);
            return _v0 ^ _v1 ^ _v2 ^ _v3;
        }

        private void Rounds(int count)
        {
            unchecked
            {
                for (var round = 0; round < count; round++)
                {
                    (_v0, _v1) = (_v0 + _v1, RotateLeft(_v1, 13) ^ (_v0 + _v1));
                    (_v2, _v3) = (_v2 + _v3, RotateLeft(_v3, 16) ^ (_v2 + _v3));
                    _v0 = RotateLeft(_v0, 32) + _v3;
                    _v3 = RotateLeft(_v3, 21) ^ _v0;
                    _v2 += _v1;
                    _v1 = RotateLeft(_v1, 17) ^ _v2;
                    _v2 = RotateLeft(_v2, 32);
                }
            }
        }
    }
}

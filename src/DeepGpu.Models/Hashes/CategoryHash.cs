using System.Globalization;
using System.Text;

namespace DeepGpu.Models.Hashes;

/// <summary>Numbers of categories by the hash of their text, as TensorFlow's: whole numbers are hashed as their decimal text.</summary>
internal static class CategoryHash
{
    private const int DigitsOfALong = 20;
    private const int FewBytes = 256;

    /// <summary>Where crosses begin, TensorFlow's key.</summary>
    private const ulong CrossKey = 0xDECAFCAFFE;

    /// <summary>The bin of a text, from 0: FarmHash64 without a salt, SipHash64 with one.</summary>
    public static long Bin(string text, int bins, HashSalt? salt)
    {
        var length = Encoding.UTF8.GetMaxByteCount(text.Length);
        var bytes = length <= FewBytes ? stackalloc byte[FewBytes] : new byte[length];
        return Bin(bytes[..Encoding.UTF8.GetBytes(text, bytes)], bins, salt);
    }

    /// <summary>The bin of a whole number.</summary>
    public static long Bin(long number, int bins, HashSalt? salt)
    {
        Span<byte> digits = stackalloc byte[DigitsOfALong];
        number.TryFormat(digits, out var length, provider: CultureInfo.InvariantCulture);
        return Bin(digits[..length], bins, salt);
    }

    /// <summary>The bin of a cross of values: texts count by their fingerprint, whole numbers as they are.</summary>
    public static long Cross(IEnumerable<CategoryValue> values, int bins)
        => (long)(values.Aggregate(CrossKey, (hash, value) => Joined(hash, Fingerprint(value))) % (ulong)bins);

    private static long Bin(ReadOnlySpan<byte> bytes, int bins, HashSalt? salt) => (long)(Hash(bytes, salt) % (ulong)bins);

    private static ulong Hash(ReadOnlySpan<byte> bytes, HashSalt? salt)
        => salt is { } key ? SipHash64.Hash(bytes, (ulong)key.First, (ulong)key.Second) : FarmHash64.Fingerprint(bytes);

    private static ulong Fingerprint(CategoryValue value)
        => value.Text is { } text ? FarmHash64.Fingerprint(Encoding.UTF8.GetBytes(text)) : unchecked((ulong)value.Number);

    /// <summary>One fingerprint of two, TensorFlow's FingerprintCat64.</summary>
    private static ulong Joined(ulong first, ulong second)
    {
        const ulong Factor = 0xc6a4a7935bd1e995;
        var joined = unchecked((first ^ Factor ^ Shifted(second * Factor) * Factor) * Factor);
        return Shifted(unchecked(Shifted(joined) * Factor));
    }

    private static ulong Shifted(ulong value) => value ^ (value >> 47);
}

using System.Text;
using DeepGpu.Models.Hashes;

namespace DeepGpu.Models.Tests.Hashes;

/// <summary>Hashes against published numbers.</summary>
public class HashTests
{
    /// <summary>From the tests of other implementations of FarmHash's fingerprint.</summary>
    [Theory]
    [InlineData("", 0x9ae16a3b2f90404f)]
    [InlineData("test", 8581389452482819506)]
    [InlineData("&QEO\\", 673322083973757863)]
    [InlineData("1footrue", 16905089972579912905)]
    [InlineData("xi\\PvQpHpM:$5\\Zh^U", 4169389423472268625)]
    [InlineData("T#e:),mqALpU]hrJ%f.*|=&r", 11789374840096016445)]
    [InlineData("!/tU|0cMaw=/-Yg)m_*4UNvwB", 14890523890635468863)]
    [InlineData("testtesttesttesttesttesttesttest", 14250503356343785354)]
    public void FarmHash_gives_published_numbers(string text, ulong published) => Farm(Encoding.UTF8.GetBytes(text)).Should().Be(published);

    /// <summary>Guava's test over every length to 799 and more, which FarmHash's authors wrote.</summary>
    [Fact]
    public void FarmHash_of_every_length_ends_at_the_published_number()
    {
        Farm([.. Enumerable.Repeat("test"u8.ToArray(), 64).SelectMany(part => part)]).Should().Be(3500507768004279527);
        var (bytes, used, hash) = (new byte[3200], 0, 0UL);
        for (var i = 0; i < 800; i++)
        {
            Add(i);
            Add(i * i % used);
            Add(i * i * i % used);
            Add(used);
            var (x0, x1, x2, x3) = (bytes[used - 1], bytes[used - 2], bytes[used - 3], bytes[used / 2]);
            bytes[((x0 << 16) + (x1 << 8) + x2) % used] ^= x3;
            bytes[((x1 << 16) + (x2 << 8) + x3) % used] ^= (byte)i;
        }

        hash.Should().Be(0x7a1d67c50ec7e167);

        void Add(int length)
        {
            hash ^= Farm(bytes[..length]);
            hash = (hash ^ (hash >> 41)) * 949921979;
            bytes[used++] = (byte)('a' + hash % (1 << 20) % 26);
        }
    }

    /// <summary>The authors' vectors: the bytes 0, 1, 2, ... under the key of the bytes 0 to 15.</summary>
    [Theory]
    [InlineData(0, 0x726fdb47dd0e0e31)]
    [InlineData(1, 0x74f839c593dc67fd)]
    [InlineData(8, 0x93f5f5799a932462)]
    [InlineData(15, 0xa129ca6149be45e5)]
    public void SipHash_gives_the_authors_numbers(int length, ulong published)
        => SipHash64.Hash([.. Enumerable.Range(0, length).Select(i => (byte)i)], 0x0706050403020100, 0x0f0e0d0c0b0a0908)
            .Should().Be(published);

    private static ulong Farm(byte[] bytes) => FarmHash64.Fingerprint(bytes);
}

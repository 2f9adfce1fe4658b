using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace DeepGpu.Formats.Tests;

public class ZipContainerTests
{
    private const int LocalName = 30;
    private const int CentralName = 46;
    private static readonly byte[] Content = Encoding.ASCII.GetBytes("some bytes that are stored or deflated, deflated, deflated");

    [Theory]
    [InlineData(CompressionLevel.NoCompression)]
    [InlineData(CompressionLevel.Optimal)]
    public void A_member_gives_its_bytes(CompressionLevel level)
    {
        using var zip = Open(Archive(level, "a/b.txt", "größe.txt"));
        zip.Members.Select(member => member.Name).Should().Equal("a/b.txt", "größe.txt");
        zip.ReadBytes(zip.Find("a/b.txt")!, 100).Should().Equal(Content);
    }

    [Fact]
    public void An_archive_written_to_a_stream_that_cannot_seek_is_read()
    {
        using var memory = new MemoryStream();
        using (var forward = new BufferedStream(new ForwardOnly(memory)))
        using (var zip = new ZipArchive(forward, ZipArchiveMode.Create))
        using (var member = zip.CreateEntry("a").Open()) member.Write(Content);
        using var read = Open(memory.ToArray());
        read.ReadBytes(read.Members[0], 100).Should().Equal(Content);
    }

    [Fact]
    public void More_bytes_than_expected_are_refused_before_they_are_inflated()
    {
        using var zip = Open(Archive(CompressionLevel.Optimal, "a"));
        Refused.With("member_too_large", () => zip.ReadBytes(zip.Members[0], 10)).Entry.Should().Be("a");
    }

    [Theory]
    [InlineData(CompressionLevel.NoCompression)]
    [InlineData(CompressionLevel.Optimal)]
    public void A_changed_byte_is_found(CompressionLevel level)
    {
        var bytes = Archive(level, "a");
        bytes[LocalName + 5] ^= 1;
        using var zip = Open(bytes);
        FluentActions.Invoking(() => zip.ReadBytes(zip.Members[0], 100))
            .Should().Throw<ModelFormatException>().Which.Fault.Code.Should().BeOneOf("crc_mismatch", "zip_malformed");
    }

    public static TheoryData<string, string, Action<Patched>> Faults => new()
    {
        { "a name that climbs", "path_escape", zip => zip.Name("..") },
        { "a name that climbs later", "path_escape", zip => zip.Name("a/../../b") },
        { "an absolute name", "path_escape", zip => zip.Name("/etc/x") },
        { "a backslash", "path_escape", zip => zip.Name("a\\b") },
        { "a drive", "path_escape", zip => zip.Name("C:x") },
        { "a control character", "path_escape", zip => zip.Name("a\u0001b") },
        { "a name twice", "duplicate_name", zip => zip.Name("second") },
        { "a name that is not UTF-8", "not_utf8", zip => zip.Name([0xc0, 0xaf, 0x41]) },
        { "another name in the member's own header", "zip_malformed", zip => zip.Local(LocalName, (byte)'z') },
        { "another compression in the member's own header", "zip_malformed", zip => zip.Local(8, 8) },
        { "another checksum in the member's own header", "zip_malformed", zip => zip.Local(14, 1) },
        { "an encryption flag", "zip_encrypted", zip => zip.Central(8, 1) },
        { "an encryption flag in the member's own header", "zip_encrypted", zip => zip.Local(6, 1) },
        { "an unknown compression", "unsupported_compression", zip => zip.Central(10, 12) },
        { "a symbolic link", "zip_special_file", zip => zip.Central(41, 0xA1) },
        { "a length that lies", "zip_malformed", zip => zip.Central(24, 0x7F) },
        { "a header past the end", "zip_malformed", zip => zip.Central(45, 0x7F) },
        { "a header inside another member", "zip_malformed", zip => zip.Central(42, 3) },
        { "a count that lies", "zip_malformed", zip => zip.End(8, 9).End(10, 9) },
        { "a directory that starts elsewhere", "zip_malformed", zip => zip.End(16, 1) },
        { "several disks", "zip_malformed", zip => zip.End(4, 1) },
        { "a comment that is not there", "zip_malformed", zip => zip.End(20, 1) },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void What_other_readers_let_through_is_refused(string what, string code, Action<Patched> fault)
    {
        var zip = new Patched(Archive(CompressionLevel.NoCompression, "first", "second"));
        fault(zip);
        Refused.With(code, () => Open(zip.Bytes).Dispose()).Message.Should().NotBeEmpty(what);
    }

    [Fact]
    public void Members_that_share_bytes_are_refused()
    {
        var bytes = Archive(CompressionLevel.NoCompression, "same", "same");
        var central = bytes.AsSpan().LastIndexOf("PK\u0001\u0002"u8);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(central + 42), 0);
        Refused.With("duplicate_name", () => Open(bytes).Dispose());
        var overlapping = new Patched(Archive(CompressionLevel.NoCompression, "outer", "inner"));
        overlapping.Central(20, (byte)(Content.Length + 20)).Central(24, (byte)(Content.Length + 20)).Local(18, (byte)(Content.Length + 20))
            .Local(22, (byte)(Content.Length + 20));
        Refused.With("overlap", () => Open(overlapping.Bytes).Dispose());
    }

    [Fact]
    public void Bytes_before_or_after_the_archive_are_refused()
    {
        var bytes = Archive(CompressionLevel.NoCompression, "a");
        Refused.With("zip_malformed", () => Open([.. bytes, 0]).Dispose());
        Refused.With("zip_malformed", () => Open([0, .. bytes]).Dispose());
        for (var length = 0; length < bytes.Length; length++) Refused.With("zip_malformed", () => Open(bytes[..length]).Dispose());
    }

    [Fact]
    public void A_member_that_inflates_to_more_or_less_than_it_declares_is_refused()
    {
        foreach (var change in new[] { -1, 1 })
        {
            var length = (byte)(Content.Length + change);
            using var zip = Open(new Patched(Archive(CompressionLevel.Optimal, "a")).Central(24, length).Local(22, length).Bytes);
            Refused.With("zip_malformed", () => zip.ReadBytes(zip.Members[0], 100));
        }
    }

    [Fact]
    public void A_length_that_deflate_cannot_reach_is_refused_when_opening()
        => Refused.With("zip_malformed",
            () => Open(new Patched(Archive(CompressionLevel.Optimal, "a")).Central(27, 0x70).Local(25, 0x70).Bytes).Dispose());

    private static ZipContainer Open(byte[] bytes)
    {
        using var folder = new TemporaryFolder();
        return ZipContainer.Open(folder.Write("a.zip", bytes));
    }

    private static byte[] Archive(CompressionLevel level, params string[] names)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var name in names)
            {
                using var member = zip.CreateEntry(name, level).Open();
                member.Write(Content);
            }
        }

        return stream.ToArray();
    }

    /// <summary>An archive whose first member's headers are changed.</summary>
    public sealed class Patched(byte[] bytes)
    {
        public byte[] Bytes { get; private set; } = bytes;

        public Patched Local(int offset, byte value) => Set(offset, value);

        public Patched Central(int offset, byte value) => Set(Bytes.AsSpan().IndexOf("PK\u0001\u0002"u8) + offset, value);

        public Patched End(int offset, byte value) => Set(Bytes.AsSpan().LastIndexOf("PK\u0005\u0006"u8) + offset, value);

        public Patched Name(string name) => Name(Encoding.UTF8.GetBytes(name));

        /// <summary>Gives the first member another name in both headers.</summary>
        public Patched Name(byte[] name)
        {
            var central = Bytes.AsSpan().IndexOf("PK\u0001\u0002"u8);
            var (old, grown) = (BitConverter.ToUInt16(Bytes, central + 28), name.Length);
            var shift = grown - old;
            Bytes = [.. Bytes[..LocalName], .. name, .. Bytes[(LocalName + old)..(central + CentralName)], .. name,
                .. Bytes[(central + CentralName + old)..]];
            BinaryPrimitives.WriteUInt16LittleEndian(Bytes.AsSpan(26), (ushort)grown);
            BinaryPrimitives.WriteUInt16LittleEndian(Bytes.AsSpan(central + shift + 28), (ushort)grown);
            Shift(Bytes.AsSpan().LastIndexOf("PK\u0001\u0002"u8) + 42, shift);
            var end = Bytes.AsSpan().LastIndexOf("PK\u0005\u0006"u8);
            Shift(end + 12, shift);
            Shift(end + 16, shift);
            return this;
        }

        private void Shift(int place, int by)
            => BinaryPrimitives.WriteInt32LittleEndian(Bytes.AsSpan(place),
                BinaryPrimitives.ReadInt32LittleEndian(Bytes.AsSpan(place)) + by);

        private Patched Set(int place, byte value)
        {
            Bytes[place] = value;
            return this;
        }
    }

    /// <summary>A stream that can only be written forwards.</summary>
    private sealed class ForwardOnly(Stream target) : Stream
    {
        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override void Flush() => target.Flush();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => target.Write(buffer, offset, count);
    }
}

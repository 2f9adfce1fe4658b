using System.IO.Compression;
using DeepGpu.Formats.Bytes;

namespace DeepGpu.Formats.Zip;

/// <summary>A deflated member, inflated anew at each reading: never more than its declared length, and nothing is kept.</summary>
internal sealed class InflatedBytes(ZipContainer zip, ZipMember member) : ByteSource
{
    private const int PieceLength = 1 << 16;

    public override long Length => member.Length;

    public override string? Path => zip.Source.Path;

    public override bool TryRead(long offset, Span<byte> target)
    {
        if (!Holds(offset, target.Length)) return false;
        using var stream = Stream(zip, member);
        Skip(stream, offset);
        Fill(stream, target, member);
        return true;
    }

    /// <summary>Reads a whole member and makes sure that it ends there.</summary>
    public static void Read(ZipContainer zip, ZipMember member, Span<byte> target)
    {
        using var stream = Stream(zip, member);
        Fill(stream, target, member);
        CheckEnd(stream, member);
    }

    /// <summary>A member's bytes after inflation, unchecked.</summary>
    public static Stream Stream(ZipContainer zip, ZipMember member)
    {
        var stored = new ByteSourceStream(zip.Source.Slice(member.DataOffset, member.StoredLength));
        return member.IsDeflated ? new DeflateStream(stored, CompressionMode.Decompress) : stored;
    }

    public static void Fill(Stream stream, Span<byte> target, ZipMember member)
    {
        if (TryRead(stream, target, member) < target.Length) throw Broken(member, "ends before its declared length");
    }

    public static void CheckEnd(Stream stream, ZipMember member)
    {
        Span<byte> one = stackalloc byte[1];
        if (TryRead(stream, one, member) > 0) throw Broken(member, "goes on after its declared length");
    }

    private void Skip(Stream stream, long count)
    {
        var piece = new byte[Math.Min(PieceLength, count)];
        for (var left = count; left > 0;)
        {
            var part = piece.AsSpan(0, (int)Math.Min(left, piece.Length));
            Fill(stream, part, member);
            left -= part.Length;
        }
    }

    private static int TryRead(Stream stream, Span<byte> target, ZipMember member)
    {
        try
        {
            return stream.ReadAtLeast(target, target.Length, throwOnEndOfStream: false);
        }
        catch (InvalidDataException e)
        {
            throw Broken(member, "is no deflate stream", e);
        }
    }

    private static ModelFormatException Broken(ZipMember member, string how, Exception? inner = null)
        => ZipContainer.Refusals.Because("zip_malformed", $"A member must inflate to its declared {member.Length} bytes,", $"but {how}.",
            member.Name, member.DataOffset, inner: inner);
}

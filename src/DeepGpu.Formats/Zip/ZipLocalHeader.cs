using System.Text;
using DeepGpu.Formats.Bytes;

namespace DeepGpu.Formats.Zip;

/// <summary>Compares a member's own header with the central directory and finds where its bytes start.</summary>
internal static class ZipLocalHeader
{
    private const uint Signature = 0x04034b50;
    private const int HeaderLength = 30;
    private const int SizesFollow = 8;
    private const int Deflate = 8;

    /// <summary>The member with the place of its bytes.</summary>
    /// <param name="source">The archive.</param>
    /// <param name="member">What the central directory says.</param>
    /// <param name="limit">Where the members must have ended: the central directory's start.</param>
    public static ZipMember Place(ByteSource source, ZipMember member, long limit)
    {
        if (member.HeaderOffset > limit - HeaderLength)
            throw Disagrees(member, $"its header is said to be at {member.HeaderOffset}, past the last member");
        var cursor = new ByteCursor(source.ReadBytes(member.HeaderOffset, HeaderLength), ZipContainer.Refusals, member.HeaderOffset);
        if (cursor.UInt32() != Signature) throw Disagrees(member, "there is no header where it should be");
        cursor.Skip(2);
        var fields = ZipFields.Read(ref cursor);
        var data = member.HeaderOffset + HeaderLength + fields.NameLength + fields.ExtraLength;
        if (data > limit || member.StoredLength > limit - data) throw Disagrees(member, "its bytes reach into the directory");
        var rest = source.ReadBytes(member.HeaderOffset + HeaderLength, fields.NameLength + fields.ExtraLength);
        var sizes = fields.Sizes;
        sizes.Widen(rest.AsSpan(fields.NameLength), member.HeaderOffset);
        Compare(member, rest.AsSpan(0, fields.NameLength), fields with { Sizes = sizes });
        return member with { DataOffset = data };
    }

    private static void Compare(ZipMember member, ReadOnlySpan<byte> name, ZipFields fields)
    {
        var (crc, sizes) = (fields.Crc, fields.Sizes);
        if (!name.SequenceEqual(Encoding.UTF8.GetBytes(member.Name))) throw Disagrees(member, "its own header has another name");
        if ((fields.Flags & 1) != 0)
            throw ZipContainer.Refusals.Because("zip_encrypted", "Members may not be encrypted,", "but this one's own header says so.",
                member.Name, member.HeaderOffset);
        if (fields.Method != (member.IsDeflated ? Deflate : 0)) throw Disagrees(member, "its own header has another compression");
        if ((fields.Flags & SizesFollow) != 0 && crc == 0 && sizes is { Stored: 0, Length: 0 }) return;
        if (crc != member.Crc || sizes.Stored != (ulong)member.StoredLength || sizes.Length != (ulong)member.Length)
            throw Disagrees(member, "its own header has other sizes or another checksum");
    }

    private static ModelFormatException Disagrees(ZipMember member, string how)
        => ZipContainer.Refusals.Because("zip_malformed", "A member's own header must agree with the central directory,", $"but {how}.",
            member.Name, member.HeaderOffset);
}

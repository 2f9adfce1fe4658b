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
        var (flags, method) = (cursor.UInt16(), cursor.UInt16());
        cursor.Skip(4);
        var crc = cursor.UInt32();
        var sizes = new ZipSizes(Stored: cursor.UInt32(), Length: cursor.UInt32(), HeaderOffset: 0);
        var (nameLength, extraLength) = (cursor.UInt16(), cursor.UInt16());
        var data = member.HeaderOffset + HeaderLength + nameLength + extraLength;
        if (data > limit || member.StoredLength > limit - data) throw Disagrees(member, "its bytes reach into the directory");
        var rest = source.ReadBytes(member.HeaderOffset + HeaderLength, nameLength + extraLength);
        sizes.Widen(rest.AsSpan(nameLength), member.HeaderOffset);
        Compare(member, rest.AsSpan(0, nameLength), (flags & 1) != 0, method, crc, sizes, mayBeZero: (flags & SizesFollow) != 0);
        return member with { DataOffset = data };
    }

    private static void Compare(ZipMember member, ReadOnlySpan<byte> name, bool encrypted, int method, uint crc,
        ZipSizes sizes, bool mayBeZero)
    {
        if (!name.SequenceEqual(Encoding.UTF8.GetBytes(member.Name))) throw Disagrees(member, "its own header has another name");
        if (encrypted)
            throw ZipContainer.Refusals.Because("zip_encrypted", "Members may not be encrypted,", "but this one's own header says so.",
                member.Name, member.HeaderOffset);
        if (method != (member.IsDeflated ? Deflate : 0)) throw Disagrees(member, "its own header has another compression");
        if (mayBeZero && crc == 0 && sizes is { Stored: 0, Length: 0 }) return;
        if (crc != member.Crc || sizes.Stored != (ulong)member.StoredLength || sizes.Length != (ulong)member.Length)
            throw Disagrees(member, "its own header has other sizes or another checksum");
    }

    private static ModelFormatException Disagrees(ZipMember member, string how)
        => ZipContainer.Refusals.Because("zip_malformed", "A member's own header must agree with the central directory,", $"but {how}.",
            member.Name, member.HeaderOffset);
}

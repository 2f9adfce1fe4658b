using System.Text;
using DeepGpu.Formats.Bytes;

namespace DeepGpu.Formats.Zip;

/// <summary>What a header says of a member's sizes; 32-bit fields that are full send the reader to the 64-bit extra field.</summary>
internal record struct ZipSizes(ulong Stored, ulong Length, ulong HeaderOffset)
{
    private const ushort Extra64 = 1;

    /// <summary>Takes the fields that did not fit from an extra field, in their fixed order.</summary>
    public void Widen(ReadOnlySpan<byte> extra, long offset)
    {
        if (Length != uint.MaxValue && Stored != uint.MaxValue && HeaderOffset != uint.MaxValue) return;
        var cursor = new ByteCursor(extra, ZipContainer.Refusals, offset);
        while (cursor.Remaining >= 4)
        {
            var (id, length) = (cursor.UInt16(), cursor.UInt16());
            var field = new ByteCursor(cursor.Take(length), ZipContainer.Refusals, offset);
            if (id != Extra64) continue;
            if (Length == uint.MaxValue) Length = field.UInt64();
            if (Stored == uint.MaxValue) Stored = field.UInt64();
            if (HeaderOffset == uint.MaxValue) HeaderOffset = field.UInt64();
            return;
        }
    }
}

/// <summary>The fields that a member's own header and the central directory have alike, in this order.</summary>
internal readonly record struct ZipFields(ushort Flags, ushort Method, uint Crc, ZipSizes Sizes, ushort NameLength, ushort ExtraLength)
{
    private const int TimeLength = 4;

    /// <summary>Reads them, past the time of the last change.</summary>
    public static ZipFields Read(ref ByteCursor cursor)
    {
        var (flags, method) = (cursor.UInt16(), cursor.UInt16());
        cursor.Skip(TimeLength);
        return new(flags, method, cursor.UInt32(), new(Stored: cursor.UInt32(), Length: cursor.UInt32(), HeaderOffset: 0),
            cursor.UInt16(), cursor.UInt16());
    }
}

/// <summary>Reads the entries of a zip archive's central directory and checks each by itself.</summary>
internal static class ZipEntries
{
    private const uint Signature = 0x02014b50;
    private const int HeaderLength = 46;
    private const int Encrypted = 1;
    private const int StronglyEncrypted = 0x2040;
    private const int Deflate = 8;

    /// <summary>The most that one byte of a deflate stream can become.</summary>
    private const ulong DeflateRatio = 1032;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static IReadOnlyList<ZipMember> Parse(ReadOnlySpan<byte> directory, ulong count, long offset)
    {
        if (count > (ulong)directory.Length / HeaderLength)
            throw Refuse("zip_malformed", "The central directory must hold every member,",
                $"but has {directory.Length} bytes for {count}.", null, offset);
        var cursor = new ByteCursor(directory, ZipContainer.Refusals, offset);
        var members = new List<ZipMember>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0UL; i < count; i++)
        {
            var member = Entry(ref cursor);
            if (!names.Add(member.Name))
                throw Refuse("duplicate_name", "A name may appear once in an archive,", "but appears again.", member.Name, cursor.Offset);
            members.Add(member);
        }

        return cursor.Remaining == 0
            ? members
            : throw Refuse("zip_malformed", $"The central directory must hold {count} members and nothing else,",
                $"but {cursor.Remaining} bytes remain.", null, cursor.Offset);
    }

    private static ZipMember Entry(ref ByteCursor cursor)
    {
        var start = cursor.Offset;
        if (cursor.UInt32() != Signature)
            throw Refuse("zip_malformed", "Each entry of the central directory must have its signature,", "but one has not.", null, start);
        cursor.Skip(4);
        var fields = ZipFields.Read(ref cursor);
        var commentLength = cursor.UInt16();
        cursor.Skip(4);
        var (attributes, sizes) = (cursor.UInt32(), fields.Sizes);
        sizes.HeaderOffset = cursor.UInt32();
        var name = Name(cursor.Take(fields.NameLength), start);
        sizes.Widen(cursor.Take(fields.ExtraLength), start);
        cursor.Skip(commentLength);
        Check(name, fields.Flags, fields.Method, attributes, start);
        CheckSizes(name, sizes, fields.Method == Deflate, start);
        return new(name, (long)sizes.Length)
        {
            IsDeflated = fields.Method == Deflate,
            StoredLength = (long)sizes.Stored,
            Crc = fields.Crc,
            HeaderOffset = (long)sizes.HeaderOffset
        };
    }

    private static string Name(ReadOnlySpan<byte> bytes, long offset)
    {
        try
        {
            return Strict.GetString(bytes);
        }
        catch (DecoderFallbackException e)
        {
            throw ZipContainer.Refusals.Because("not_utf8", "A member's name must be valid UTF-8,",
                "but is not.", offset: offset, inner: e);
        }
    }

    private static void Check(string name, ushort flags, ushort method, uint attributes, long offset)
    {
        const uint FileType = 0xF000;
        const uint Regular = 0x8000;
        const uint Folder = 0x4000;
        if (!RelativeNames.IsSafe(name))
            throw Refuse("path_escape", "A member's name must stay inside the archive,",
                "but this one climbs out, is absolute or not portable.", name, offset);
        if ((flags & (Encrypted | StronglyEncrypted)) != 0)
            throw Refuse("zip_encrypted", "Members may not be encrypted,", "but this one is marked so.", name, offset);
        if (method is not (0 or Deflate))
            throw Refuse("unsupported_compression", "Members must be stored or deflated,",
                $"but this one uses method {method}.", name, offset);
        if (((attributes >> 16) & FileType) is not (0 or Regular or Folder))
            throw Refuse("zip_special_file", "Members must be ordinary files,", "but this one is a link or a device.", name, offset);
    }

    private static void CheckSizes(string name, ZipSizes sizes, bool deflated, long offset)
    {
        if (sizes.Length > long.MaxValue || sizes.Stored > long.MaxValue || sizes.HeaderOffset > long.MaxValue)
            throw Refuse("zip_malformed", "Sizes must fit 63 bits,", "but do not.", name, offset);
        if (!deflated && sizes.Stored != sizes.Length)
            throw Refuse("zip_malformed", "A stored member has one length,",
                $"but {sizes.Stored} and {sizes.Length} are declared.", name, offset);
        if (deflated && sizes.Length / DeflateRatio > sizes.Stored)
            throw Refuse("zip_malformed", $"Deflate makes at most {DeflateRatio} bytes of one,",
                $"but {sizes.Stored} are said to become {sizes.Length}.", name, offset);
    }

    private static ModelFormatException Refuse(string code, string rule, string received, string? name, long offset)
        => ZipContainer.Refusals.Because(code, rule, received, name, offset);
}

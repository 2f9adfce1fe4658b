using DeepGpu.Formats.Bytes;

namespace DeepGpu.Formats.Zip;

/// <summary>Reads and checks a zip archive's directory: https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT,
/// sections 4.3.12 to 4.3.16.</summary>
internal static class ZipDirectory
{
    private const int EndLength = 22;
    private const int LocatorLength = 20;
    private const int End64Length = 56;
    private const uint EndSignature = 0x06054b50;
    private const uint LocatorSignature = 0x07064b50;
    private const uint End64Signature = 0x06064b50;
    private const int MaxDirectory = 64 << 20;

    /// <summary>Where the central directory is.</summary>
    private readonly record struct Place(ulong Count, ulong Offset, ulong Length);

    public static IReadOnlyList<ZipMember> Read(ByteSource source)
    {
        var end = FindEnd(source);
        var (place, directoryEnd) = Locate(source, end);
        if (place.Length > MaxDirectory || place.Offset > long.MaxValue || (long)place.Offset + (long)place.Length != directoryEnd)
            throw Malformed("The central directory must end where the end record starts,",
                $"but {place.Length} bytes at {place.Offset} do not.", end);
        var members = ZipEntries.Parse(source.ReadBytes((long)place.Offset, (int)place.Length), place.Count, (long)place.Offset);
        var placed = members.Select(member => ZipLocalHeader.Place(source, member, (long)place.Offset)).ToList();
        CheckOverlap(placed);
        return placed;
    }

    /// <summary>The end record fills the file to its last byte, its comment included.</summary>
    private static long FindEnd(ByteSource source)
    {
        var length = (int)Math.Min(source.Length, EndLength + ushort.MaxValue);
        var tail = source.ReadBytes(source.Length - length, length);
        for (var at = length - EndLength; at >= 0; at--)
        {
            if (BitConverter.ToUInt32(tail, at) == EndSignature && at + EndLength + BitConverter.ToUInt16(tail, at + 20) == length)
                return source.Length - length + at;
        }

        throw Malformed("A zip archive must end with its end record,", "but does not: it is cut, or something follows it.", source.Length);
    }

    private static (Place Place, long DirectoryEnd) Locate(ByteSource source, long end)
    {
        var cursor = new ByteCursor(source.ReadBytes(end, EndLength), ZipContainer.Refusals, end) { Position = 4 };
        var (disk, directoryDisk, here, count) = (cursor.UInt16(), cursor.UInt16(), cursor.UInt16(), cursor.UInt16());
        var place = new Place(count, Length: cursor.UInt32(), Offset: cursor.UInt32());
        if (disk is not (0 or ushort.MaxValue) || directoryDisk is not (0 or ushort.MaxValue) || here != count)
            throw Malformed("A zip archive must be in one piece,", "but is one of several.", end);
        return FindEnd64(source, end) is { } end64 ? (Read64(source, end64, place), end64) : (place, end);
    }

    /// <summary>Where the record of 64-bit sizes is; null if there is none.</summary>
    private static long? FindEnd64(ByteSource source, long end)
    {
        if (end < LocatorLength + End64Length) return null;
        var cursor = new ByteCursor(source.ReadBytes(end - LocatorLength, LocatorLength), ZipContainer.Refusals);
        if (cursor.UInt32() != LocatorSignature) return null;
        cursor.Skip(4);
        var offset = cursor.UInt64();
        return offset == (ulong)(end - LocatorLength - End64Length)
            ? (long)offset
            : throw Malformed("The 64-bit end record must lie before its locator,", $"but is said to be at {offset}.", end - LocatorLength);
    }

    private static Place Read64(ByteSource source, long offset, Place narrow)
    {
        var cursor = new ByteCursor(source.ReadBytes(offset, End64Length), ZipContainer.Refusals, offset);
        if (cursor.UInt32() != End64Signature) throw Malformed("The 64-bit end record must have its signature,", "but has not.", offset);
        cursor.Skip(28);
        var wide = new Place(cursor.UInt64(), Length: cursor.UInt64(), Offset: cursor.UInt64());
        var agrees = Agrees(narrow.Count, wide.Count, ushort.MaxValue) && Agrees(narrow.Length, wide.Length, uint.MaxValue)
            && Agrees(narrow.Offset, wide.Offset, uint.MaxValue);
        return agrees ? wide : throw Malformed("Both end records must agree,", "but do not.", offset);
    }

    private static bool Agrees(ulong narrow, ulong wide, ulong saturated) => narrow == wide || narrow == saturated;

    private static void CheckOverlap(List<ZipMember> members)
    {
        var end = 0L;
        foreach (var member in members.OrderBy(member => member.HeaderOffset))
        {
            if (end == 0 && member.HeaderOffset != 0)
                throw Malformed("A zip archive must start with its first member,", $"but {member.HeaderOffset} bytes come before it.", 0);
            if (member.HeaderOffset < end)
                throw ZipContainer.Refusals.Because("overlap", "Members may not share bytes,",
                    $"but one starts at {member.HeaderOffset}, inside the one before.", member.Name, member.HeaderOffset);
            end = member.DataEnd;
        }
    }

    private static ModelFormatException Malformed(string rule, string received, long offset)
        => ZipContainer.Refusals.Because("zip_malformed", rule, received, offset: offset);
}

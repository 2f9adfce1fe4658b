using System.IO.Hashing;
using DeepGpu.Formats.Bytes;
using DeepGpu.Formats.Zip;

namespace DeepGpu.Formats;

/// <summary>Reads zip archives by strict rules (PKWARE's APPNOTE): unique safe names, both headers agree, no overlap, no encryption,
/// every checksum checked. Nothing is extracted to disk.</summary>
/// <remarks>.NET's own reader accepts wrong checksums, duplicate and disagreeing names, overlapping members and lying lengths.</remarks>
public sealed class ZipContainer : IDisposable
{
    private const int PieceLength = 1 << 16;

    internal static readonly Refusals Refusals = new("Download or write the file again; it is damaged or not what its name says.");

    private readonly Dictionary<string, ZipMember> _byName;

    private ZipContainer(ByteSource source, IReadOnlyList<ZipMember> members)
    {
        Source = source;
        Members = members;
        _byName = members.ToDictionary(member => member.Name, StringComparer.Ordinal);
    }

    /// <summary>The members, in the order of the central directory.</summary>
    public IReadOnlyList<ZipMember> Members { get; }

    internal ByteSource Source { get; }

    /// <summary>Opens an archive and checks every header; no member is inflated yet.</summary>
    /// <exception cref="ModelFormatException">The file breaks a rule of the format.</exception>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    public static ZipContainer Open(string path) => ByteSource.Open(path, Open);

    /// <summary>The member of a name, or null.</summary>
    public ZipMember? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>A member's bytes, inflated and compared with their checksum.</summary>
    /// <param name="member">The member.</param>
    /// <param name="limit">The most bytes that are expected; more are refused before anything is inflated.</param>
    /// <exception cref="ModelFormatException">The member is longer, or its bytes are damaged.</exception>
    public byte[] ReadBytes(ZipMember member, int limit)
    {
        ArgumentNullException.ThrowIfNull(member);
        if (member.Length > limit)
            throw Refusals.Because("member_too_large", $"This member may have {limit} bytes,",
                $"but declares {member.Length}.", member.Name);
        var bytes = new byte[member.Length];
        InflatedBytes.Read(this, member, bytes);
        return Crc32.HashToUInt32(bytes) == member.Crc ? bytes : throw WrongCrc(member);
    }

    /// <inheritdoc/>
    public void Dispose() => Source.Dispose();

    internal static ZipContainer Open(ByteSource source) => new(source, ZipDirectory.Read(source));

    /// <summary>A member's bytes, to be read at any place: a part of the archive, or inflated at each reading.</summary>
    internal ByteSource OpenMember(ZipMember member)
        => member.IsDeflated ? new InflatedBytes(this, member) : Source.Slice(member.DataOffset, member.StoredLength);

    /// <summary>Reads a member once, in pieces, and compares its checksum.</summary>
    internal void CheckCrc(ZipMember member)
    {
        var crc = new Crc32();
        var piece = new byte[Math.Min(PieceLength, member.Length)];
        using var stream = InflatedBytes.Stream(this, member);
        for (var left = member.Length; left > 0;)
        {
            var part = piece.AsSpan(0, (int)Math.Min(left, piece.Length));
            InflatedBytes.Fill(stream, part, member);
            crc.Append(part);
            left -= part.Length;
        }

        InflatedBytes.CheckEnd(stream, member);
        if (crc.GetCurrentHashAsUInt32() != member.Crc) throw WrongCrc(member);
    }

    private static ModelFormatException WrongCrc(ZipMember member)
        => Refusals.Because("crc_mismatch", "A member's bytes must match their CRC-32,", "but do not: they were changed after writing.",
            member.Name, member.DataOffset);
}

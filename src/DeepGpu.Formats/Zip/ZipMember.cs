namespace DeepGpu.Formats;

/// <summary>One member of a zip archive whose headers were checked.</summary>
/// <param name="Name">The name, with forward slashes.</param>
/// <param name="Length">Bytes after inflation, as both headers declare them.</param>
public sealed record ZipMember(string Name, long Length)
{
    internal bool IsDeflated { get; init; }

    internal long StoredLength { get; init; }

    internal uint Crc { get; init; }

    /// <summary>Where the local header starts.</summary>
    internal long HeaderOffset { get; init; }

    /// <summary>Where the member's bytes start.</summary>
    internal long DataOffset { get; init; }

    internal long DataEnd => DataOffset + StoredLength;
}

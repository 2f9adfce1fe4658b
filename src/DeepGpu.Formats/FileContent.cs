namespace DeepGpu.Formats;

/// <summary>An open file whose format is sought: what was found out once is handed on to its reader.</summary>
internal sealed class FileContent(ByteSource source)
{
    private ZipContainer? _zip;
    private IReadOnlySet<string>? _keys;

    public ByteSource Source => source;

    /// <summary>What the first bytes say.</summary>
    public FileStart.Kind Kind { get; } = FileStart.Of(source);

    /// <summary>The archive that the file is.</summary>
    /// <exception cref="ModelFormatException">It is none, or a damaged one.</exception>
    public ZipContainer Zip => _zip ??= Kind == FileStart.Kind.Zip
        ? ZipContainer.Open(source)
        : throw FileStart.Unexpected(source, Kind, "a zip archive", ZipContainer.Refusals);

    /// <summary>Whether it is an archive with a member of one of these names.</summary>
    public bool HasMember(params ReadOnlySpan<string> names)
    {
        foreach (var name in Kind == FileStart.Kind.Zip ? names : []) if (Zip.Find(name) is not null) return true;
        return false;
    }

    /// <summary>Whether it is an archive of members that all end so.</summary>
    public bool HasOnly(string ending) => Kind == FileStart.Kind.Zip && Zip.Members.Count > 0
        && Zip.Members.All(member => member.Name.EndsWith(ending, StringComparison.Ordinal));

    /// <summary>Whether it is a JSON object with one of these names at its top.</summary>
    public bool HasKey(params ReadOnlySpan<string> names)
    {
        if (Kind != FileStart.Kind.Json) return false;
        _keys ??= JsonKeys.Of(source);
        foreach (var name in names) if (_keys.Contains(name)) return true;
        return false;
    }
}

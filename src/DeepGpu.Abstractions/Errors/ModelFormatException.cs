namespace DeepGpu;

/// <summary>A file is damaged, hostile, or of a kind or feature that is refused. Nothing was loaded from it or written to it.</summary>
public class ModelFormatException : DeepGpuException
{
    /// <summary>Makes an exception for a place in a file.</summary>
    public ModelFormatException(Fault fault, string? file = null, long? offset = null, string? entry = null,
        Exception? innerException = null)
        : base(fault, innerException)
    {
        File = file;
        Offset = offset;
        Entry = entry;
    }

    /// <summary>The file's path, or null when the bytes did not come from a file.</summary>
    public string? File { get; }

    /// <summary>Where in the file, in bytes from its start, or null when no single byte is at fault.</summary>
    public long? Offset { get; }

    /// <summary>The archive member, tensor, row or key at fault, or null.</summary>
    public string? Entry { get; }

    /// <summary>The same fault, with the file it was found in.</summary>
    public ModelFormatException InFile(string file) => File is null ? new(Fault, file, Offset, Entry, this) : this;

    /// <inheritdoc/>
    public override string Message => Place() is { Length: > 0 } place ? $"{base.Message} [{PrintableText.Of(place)}]" : base.Message;

    private string Place() => string.Join(", ", new[]
    {
        File,
        Entry is null ? null : $"entry '{Entry}'",
        Offset is null ? null : $"byte {Offset}",
    }.Where(part => part is not null));
}

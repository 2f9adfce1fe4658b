using System.Buffers.Binary;

namespace DeepGpu.Formats;

/// <summary>Reads .safetensors files: https://github.com/huggingface/safetensors#format.</summary>
public sealed class SafetensorsFile : TensorFile
{
    internal static readonly FileFormat Declaration = new("safetensors", ".safetensors") { IsSorted = true };

    internal const int LengthField = 8;
    private const long MaxHeader = 100_000_000;

    internal static readonly Refusals Refusals = new("Download or write the file again; it is damaged or not a safetensors file.");

    private SafetensorsFile(string? path, IReadOnlyList<StoredTensor> tensors, IReadOnlyList<IDisposable> owned,
        IReadOnlyDictionary<string, string> metadata)
        : base(Declaration, tensors, path, owned, metadata)
    {
    }

    /// <summary>Opens a file and checks its whole header; no tensor's bytes are read yet.</summary>
    /// <exception cref="ModelFormatException">The file breaks a rule of the format.</exception>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    public static SafetensorsFile Open(string path) => ByteSource.Open(path, Open);

    /// <summary>Opens the bytes of a file that is already in memory.</summary>
    /// <exception cref="ModelFormatException">The bytes break a rule of the format.</exception>
    public static SafetensorsFile Open(ReadOnlyMemory<byte> bytes) => ByteSource.Open(bytes, Open);

    /// <summary>Opens a member of an archive after checking its checksum.
    /// The archive must stay open as long as the tensors are read.</summary>
    /// <exception cref="ModelFormatException">The member is damaged or breaks a rule of the format.</exception>
    public static SafetensorsFile Open(ZipContainer archive, ZipMember member)
    {
        ArgumentNullException.ThrowIfNull(archive);
        ArgumentNullException.ThrowIfNull(member);
        return Open(archive, member, []);
    }

    internal static SafetensorsFile Open(ZipContainer archive, ZipMember member, IReadOnlyList<IDisposable> owned)
    {
        archive.CheckCrc(member);
        return Open(archive.OpenMember(member), owned);
    }

    internal static SafetensorsFile Open(ByteSource source) => Open(source, [source]);

    private static SafetensorsFile Open(ByteSource source, IReadOnlyList<IDisposable> owned)
    {
        var header = source.ReadBytes(LengthField, HeaderLength(source));
        var dataStart = LengthField + header.Length;
        var (tensors, metadata) = SafetensorsHeader.Parse(header, source.Length - dataStart);
        return new(source.Path, [.. tensors.Select(t => new StoredTensor(t.Tensor, new PlainBytes(source, dataStart + t.Begin)))],
            owned, metadata);
    }

    private static int HeaderLength(ByteSource source)
    {
        Span<byte> field = stackalloc byte[LengthField];
        if (!source.TryRead(0, field))
            throw SafetensorsHeader.Refuse("header_too_small", $"A safetensors file starts with a length of {LengthField} bytes,",
                $"but has only {source.Length}.", offset: 0);
        var length = BinaryPrimitives.ReadUInt64LittleEndian(field);
        if (length > MaxHeader)
            throw SafetensorsHeader.Refuse("header_too_large", $"A safetensors header has at most {MaxHeader} bytes,",
                $"but the file announces {length}; it starts {Looks(field)}.", offset: 0);
        return (long)length <= source.Length - LengthField
            ? (int)length
            : throw SafetensorsHeader.Refuse("header_length_past_end", "The header must lie inside the file,",
                $"but {length} bytes are announced and {source.Length - LengthField} follow.", offset: 0);
    }

    /// <summary>What the first bytes suggest the file really is.</summary>
    private static string Looks(ReadOnlySpan<byte> start)
    {
        if (start.StartsWith("version "u8)) return "like a Git LFS pointer: fetch the real file with git lfs pull";
        if (start.StartsWith("<"u8)) return "like a web page: the download link leads to a page, not to the file";
        if (start.StartsWith("PK"u8)) return "like a zip archive: a .pth or .keras file";
        return start[0] == 0x80 ? "like a Python pickle: a .pth file" : "with other bytes than a length";
    }
}
